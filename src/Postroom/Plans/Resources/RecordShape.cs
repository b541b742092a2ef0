using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Plans.Resources;

/// <summary>
/// What the schema says of the members of a record beyond their values: which ones nobody sets, which ones are filled
/// in where they are missing, which ones nobody is shown.
/// </summary>
internal sealed class RecordShape
{
    private readonly FrozenSet<string> _readOnly;
    private readonly FrozenSet<string> _kept;
    private readonly (string Name, byte[] Member)[] _defaults;

    public RecordShape(SchemaView schema)
    {
        _readOnly = Named(schema, property => property.IsReadOnly);
        Hidden = Named(schema, property => property.IsWriteOnly);
        _kept = _readOnly.Union(RecordMembers.All).ToFrozenSet(StringComparer.Ordinal);
        _defaults =
        [
            .. from property in schema.Properties
               where property.Schema.Default is not null
               select (property.Name, Member(property.Name, property.Schema.Default!.Value.Span)),
        ];
    }

    /// <summary>The members that answers leave out: <c>writeOnly</c> in the schema.</summary>
    public FrozenSet<string> Hidden { get; }

    /// <summary>True for a member that the schema calls <c>readOnly</c>.</summary>
    public bool IsReadOnly(string name) => _readOnly.Contains(name);

    /// <summary>
    /// The document without the members that no caller sets, and with the defaults of those that are missing: the
    /// same memory when there is nothing to do.
    /// </summary>
    /// <param name="document">What a walk has found well-formed.</param>
    /// <param name="fillsDefaults">False for what is not the whole record.</param>
    /// <param name="aside">The members that were left out.</param>
    public ReadOnlyMemory<byte> Split(
        ReadOnlyMemory<byte> document, bool fillsDefaults, out IReadOnlyList<SetAside> aside)
    {
        var missing = fillsDefaults ? _defaults.Length : 0;
        List<SetAside>? found = null;
        var members = new TopMembers(document.Span);
        while (members.MoveNext())
        {
            var name = members.Name;
            if (_kept.Contains(name))
            {
                (found ??= []).Add(new SetAside(name, document[members.ValueStart..members.End]));
            }
            else if (missing > 0 && Array.Exists(_defaults, filled => filled.Name == name))
            {
                missing--;
            }
        }

        aside = found ?? (IReadOnlyList<SetAside>)[];
        return !members.IsObject || (found is null && missing == 0)
            ? document
            : Rewrite(document.Span, name => !_kept.Contains(name), fillsDefaults ? _defaults : []);
    }

    /// <summary>The document without the members that answers leave out.</summary>
    public ReadOnlyMemory<byte> Show(ReadOnlyMemory<byte> document) =>
        Rewrite(document.Span, name => !Hidden.Contains(name), []);

    /// <summary>The document with the defaults of the members that are missing.</summary>
    public ReadOnlyMemory<byte> FillDefaults(ReadOnlyMemory<byte> document) =>
        _defaults.Length == 0 ? document : Rewrite(document.Span, _ => true, _defaults);

    /// <summary>The document with the read-only members of the record that it takes the place of.</summary>
    public ReadOnlyMemory<byte> Carry(ReadOnlyMemory<byte> document, ReadOnlySpan<byte> before)
    {
        if (_readOnly.Count == 0)
        {
            return document;
        }

        var carried = new List<(string, byte[])>();
        var members = new TopMembers(before);
        while (members.MoveNext())
        {
            if (_readOnly.Contains(members.Name))
            {
                carried.Add((members.Name, members.Member.ToArray()));
            }
        }

        var names = carried.Select(member => member.Item1).ToHashSet(StringComparer.Ordinal);
        return carried.Count == 0 ? document : Rewrite(document.Span, name => !names.Contains(name), carried);
    }

    /// <summary>An object of the members that are kept, and of those of the others that it lacks.</summary>
    private static ReadOnlyMemory<byte> Rewrite(
        ReadOnlySpan<byte> document, Func<string, bool> keeps, IReadOnlyList<(string Name, byte[] Member)> others)
    {
        var output = new ArrayBufferWriter<byte>(document.Length + 64);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new TopMembers(document);
        output.Write("{"u8);
        while (members.MoveNext())
        {
            if (keeps(members.Name))
            {
                Add(output, members.Member);
                names.Add(members.Name);
            }
        }

        foreach (var (name, member) in others)
        {
            if (!names.Contains(name))
            {
                Add(output, member);
            }
        }

        output.Write("}"u8);
        return output.WrittenMemory;
    }

    private static void Add(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> member)
    {
        if (output.WrittenCount > 1)
        {
            output.Write(","u8);
        }

        output.Write(member);
    }

    private static byte[] Member(string name, ReadOnlySpan<byte> value)
    {
        var output = new ArrayBufferWriter<byte>(name.Length + value.Length + 4);
        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(name).EncodedUtf8Bytes);
        output.Write("\":"u8);
        output.Write(value);
        return output.WrittenSpan.ToArray();
    }

    private static FrozenSet<string> Named(SchemaView schema, Func<SchemaView, bool> has) => schema.Properties
        .Where(property => has(property.Schema)).Select(property => property.Name)
        .ToFrozenSet(StringComparer.Ordinal);
}
