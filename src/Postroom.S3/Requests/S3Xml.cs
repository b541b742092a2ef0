using System.Xml;

namespace Postroom.S3.Requests;

/// <summary>Reads the documents of answers: elements by their names, whatever the namespace says.</summary>
internal static class S3Xml
{
    private const int CharactersMax = 8 * 1024 * 1024;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        MaxCharactersInDocument = CharactersMax,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The text of the first element of that name; null when there is none, or no document.</summary>
    public static string? Find(string document, string name) =>
        Read(document, null).Select(row => row.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    /// <summary>
    /// The texts inside each element of that name, by the names of the elements that hold them; without a name, one
    /// such table of the whole document.
    /// </summary>
    public static List<Dictionary<string, string>> Read(string document, string? rowName)
    {
        var whole = new Dictionary<string, string>();
        var rows = new List<Dictionary<string, string>>();
        var row = whole;
        try
        {
            using var reader = XmlReader.Create(new StringReader(document), s_settings);
            var name = "";
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element when reader.LocalName == rowName:
                        rows.Add(row = []);
                        break;
                    case XmlNodeType.Element:
                        name = reader.LocalName;
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        row.TryAdd(name, reader.Value);
                        break;
                    case XmlNodeType.EndElement when reader.LocalName == rowName:
                        row = whole;
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // Whoever stands before the store may answer in a language of its own.
        }

        return rowName is null ? [whole] : rows;
    }
}
