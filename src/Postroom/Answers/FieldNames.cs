using System.Text;

namespace Postroom.Answers;

/// <summary>What can be told from the name of a field: words for people, and what browsers may fill in.</summary>
internal static class FieldNames
{
    // Autofill field names of HTML §4.10.18.7.1, by the names that forms give such fields.
    private static readonly Dictionary<string, string> s_autocomplete = new(StringComparer.Ordinal)
    {
        ["name"] = "name", ["fullname"] = "name", ["yourname"] = "name",
        ["firstname"] = "given-name", ["givenname"] = "given-name",
        ["lastname"] = "family-name", ["familyname"] = "family-name", ["surname"] = "family-name",
        ["email"] = "email", ["emailaddress"] = "email", ["mail"] = "email",
        ["phone"] = "tel", ["phonenumber"] = "tel", ["telephone"] = "tel", ["tel"] = "tel", ["mobile"] = "tel",
        ["organization"] = "organization", ["organisation"] = "organization", ["company"] = "organization",
        ["jobtitle"] = "organization-title",
        ["website"] = "url", ["homepage"] = "url", ["url"] = "url",
        ["street"] = "address-line1", ["streetaddress"] = "street-address", ["address"] = "street-address",
        ["city"] = "address-level2", ["town"] = "address-level2",
        ["state"] = "address-level1", ["region"] = "address-level1", ["province"] = "address-level1",
        ["zip"] = "postal-code", ["zipcode"] = "postal-code", ["postcode"] = "postal-code",
        ["postalcode"] = "postal-code",
        ["country"] = "country-name", ["countrycode"] = "country",
        ["birthday"] = "bday", ["birthdate"] = "bday", ["dateofbirth"] = "bday",
        ["username"] = "username", ["nickname"] = "nickname",
    };

    private static readonly HashSet<string> s_prose = new(StringComparer.Ordinal)
    {
        "message", "comment", "comments", "feedback", "text", "description", "details", "notes", "note", "question",
        "inquiry", "enquiry", "request", "review", "bio", "about", "content", "body", "reason",
    };

    /// <summary><c>firstName</c>, <c>first_name</c> and <c>first-name</c> are all "First name".</summary>
    public static string Humanise(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var index = 0; index < name.Length; index++)
        {
            var character = name[index];
            if (character is '_' or '-' or '.' || char.IsWhiteSpace(character))
            {
                Separate(words);
            }
            else if (char.IsUpper(character) && index > 0 && char.IsLower(name[index - 1]))
            {
                Separate(words);
                words.Append(StartsWord(name, index) ? char.ToLowerInvariant(character) : character);
            }
            else
            {
                words.Append(character);
            }
        }

        var text = words.ToString().Trim();
        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>What a path of an endpoint is about: <c>/api/contact-us</c> is "Contact us".</summary>
    public static string HumanisePath(string path)
    {
        var trimmed = path.AsSpan().TrimEnd('/');
        return trimmed.IsEmpty ? "Form" : Humanise(trimmed[(trimmed.LastIndexOf('/') + 1)..].ToString());
    }

    /// <summary>
    /// Where a fault is, for people: <c>/address/street</c> is "Address, street"; empty for the whole document.
    /// </summary>
    public static string HumanisePointer(string pointer)
    {
        var words = new StringBuilder();
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var name = Unescape(segment);
            var isIndex = int.TryParse(name, out var index) && words.Length > 0;
            var word = isIndex ? $"number {index + 1L}" : Humanise(name);
            words.Append(words.Length == 0 ? "" : ", ");
            words.Append(words.Length == 0 || word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..]);
        }

        return words.ToString();
    }

    /// <summary>The autofill token, or null for a name that says nothing.</summary>
    public static string? Autocomplete(string name) => s_autocomplete.GetValueOrDefault(Plain(name));

    /// <summary>True for names of what takes more than a line, such as a message.</summary>
    public static bool IsProse(string name) => s_prose.Contains(Plain(name));

    /// <summary>A JSON Pointer (RFC 6901 §3) that goes one name deeper.</summary>
    public static string Append(string pointer, string name) =>
        pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // In "userID" the capitals after the first belong together and stay.
    private static bool StartsWord(string name, int index) => index + 1 < name.Length && !char.IsUpper(name[index + 1]);

    private static void Separate(StringBuilder words)
    {
        if (words.Length > 0 && words[^1] != ' ')
        {
            words.Append(' ');
        }
    }
}
