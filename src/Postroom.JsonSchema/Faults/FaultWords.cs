using System.Globalization;
using System.Text;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Faults;

/// <summary>Puts what a fault says into the words of a language.</summary>
internal sealed class FaultWords(SchemaMessages messages)
{
    private const int ShownBytesMax = 40;
    private const int ShownValuesMax = 8;
    private const int ShownLettersMax = 60;

    private static readonly (SchemaTypes Type, string Key)[] Names =
    [
        (SchemaTypes.Object, "words.object"),
        (SchemaTypes.Array, "words.array"),
        (SchemaTypes.String, "words.string"),
        (SchemaTypes.Number, "words.number"),
        (SchemaTypes.Integer, "words.integer"),
        (SchemaTypes.Boolean, "words.boolean"),
        (SchemaTypes.Null, "words.null"),
    ];

    /// <summary>The sentence: the schema's own where it has one, else the language's.</summary>
    public string Say(in PendingFault fault)
    {
        (string? limit, string? actual) = (Limit(fault.Text), Actual(fault.Text));
        if (OwnText(fault) is { } own)
        {
            return Fill(own, limit, actual);
        }

        string sentence = Fill(messages.TryText(fault.Text.Key) ?? messages.Text(fault.Code), limit, actual);
        return fault.IsName ? Fill(messages.Text(FaultCodes.PropertyName), null, sentence) : sentence;
    }

    /// <summary>A number's text, cut when it is long.</summary>
    public static string Cut(ReadOnlySpan<byte> number) => number.Length <= ShownBytesMax
        ? Encoding.ASCII.GetString(number)
        : Encoding.ASCII.GetString(number[..ShownBytesMax]) + "…";

    /// <summary><c>x-message</c> of the schema; for a missing property that property's schema is asked first.</summary>
    private static string? OwnText(in PendingFault fault)
    {
        if (fault.Missing is { } missing
            && fault.Node.Objects?.Declared.Find(property => property.Name == missing).Schema is { } property
            && property.Annotations.Messages?.GetValueOrDefault("required") is { } absent)
        {
            return absent;
        }

        return fault.Speaker.Annotations.Messages is { } own
            ? own.GetValueOrDefault(fault.Code) ?? own.GetValueOrDefault(fault.Keyword) ?? own.GetValueOrDefault("")
            : null;
    }

    private string? Limit(in FaultText text)
    {
        if (text.Choices is { } choices)
        {
            return List(choices);
        }

        return text.Limit ?? (text.Allowed == SchemaTypes.None ? null : List(text.Allowed));
    }

    private string? Actual(in FaultText text) => text.Found switch
    {
        SchemaTypes.None or SchemaTypes.Boolean => text.Actual,
        SchemaTypes.Number => Fill(messages.Text("words.the-number"), null, text.Actual),
        var found => messages.Text(Names.First(name => name.Type == found).Key),
    };

    /// <summary>"a string", "a string or null", "an object, a string or null".</summary>
    private string List(SchemaTypes types)
    {
        var words = new List<string>();
        foreach ((SchemaTypes type, string key) in Names)
        {
            if ((types & type) == type)
            {
                words.Add(messages.Text(key));
                types &= ~type;
            }
        }

        return words.Count == 1
            ? words[0]
            : Fill(messages.Text("words.or"), string.Join(", ", words.SkipLast(1)), words[^1]);
    }

    /// <summary>The values, cut when they are many.</summary>
    private string List(ValueSet choices)
    {
        if (choices.Values.Count == 0)
        {
            return messages.Text("words.no-values");
        }

        string shown = string.Join(", ", choices.Values.Take(ShownValuesMax).Select(Shorten));
        int more = choices.Values.Count - ShownValuesMax;
        return more > 0
            ? Fill(messages.Text("words.and-more"), shown, more.ToString(CultureInfo.InvariantCulture))
            : shown;
    }

    private static string Shorten(ReadOnlyMemory<byte> value)
    {
        string text = Encoding.UTF8.GetString(value.Span);
        return text.Length <= ShownLettersMax ? text : text[..ShownLettersMax] + "…";
    }

    /// <summary>What is filled in is never looked through again.</summary>
    private static string Fill(string sentence, string? limit, string? actual)
    {
        var filled = new StringBuilder();
        int position = 0;
        while (true)
        {
            int open = sentence.IndexOf('{', position);
            if (open < 0)
            {
                return filled.Append(sentence, position, sentence.Length - position).ToString();
            }

            (string? value, int length) = sentence.AsSpan(open) switch
            {
                ['{', 'l', 'i', 'm', 'i', 't', '}', ..] => (limit, 7),
                ['{', 'a', 'c', 't', 'u', 'a', 'l', '}', ..] => (actual, 8),
                _ => ("{", 1),
            };
            filled.Append(sentence, position, open - position).Append(value);
            position = open + length;
        }
    }
}
