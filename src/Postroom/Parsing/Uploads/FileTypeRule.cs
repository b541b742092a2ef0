using Postroom.Faults;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// Judges the type of a file by its bytes, its name and what the client declares: the three must not contradict each
/// other, and the endpoint must take the type.
/// </summary>
internal static class FileTypeRule
{
    /// <param name="file">What is known of it.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="types">What the endpoint takes; empty for all that is harmless.</param>
    /// <param name="mediaType">What it is.</param>
    public static Fault? Judge(
        in IncomingFile file, ReadOnlySpan<byte> head, IReadOnlyList<string> types, out string mediaType)
    {
        string found = FileSniffer.TypeOf(head);
        string extension = FileName.ExtensionOf(file.Name);
        string? named = FileTypes.OfExtension(extension);
        mediaType = named is not null && FileTypes.MayBe(found, named) ? named : found;
        if (named is not null && mediaType != named)
        {
            return Refuse(file, $"is called {extension}, but its content is {Describe(found)}", types);
        }

        // What an extension has settled, a vaguer declaration does not unsettle.
        if (FileTypes.OfDeclared(file.Declared) is { } declared
            && !FileTypes.MayBe(found, declared) && !FileTypes.MayBe(declared, mediaType))
        {
            return Refuse(file, $"is declared as {declared}, but its content is {Describe(found)}", types);
        }

        if (file.Bound is { } bound && !Fits(bound, extension, mediaType))
        {
            return Refuse(file, $"is {Describe(mediaType)}", [bound]);
        }

        if (types.Count > 0)
        {
            foreach (string type in types)
            {
                if (Fits(type, extension, mediaType))
                {
                    return null;
                }
            }

            return Refuse(file, $"is {Describe(mediaType)}", types);
        }

        bool isNamed = file.Bound == mediaType;
        return !isNamed && (FileTypes.IsDangerous(mediaType) || FileTypes.IsDangerousExtension(extension))
            ? Refuse(file, "could be executed", types)
            : null;
    }

    /// <summary>Whether a type of a declaration means this file; a family leaves out its dangerous members.</summary>
    private static bool Fits(string type, string extension, string mediaType)
    {
        if (type[0] == '.')
        {
            return type == extension && (!FileTypes.IsDangerous(mediaType) || FileTypes.OfExtension(type) == mediaType
                || FileTypes.IsDangerousExtension(type));
        }

        if (type == FileSniffer.Unknown || type == "*/*")
        {
            return !FileTypes.IsDangerous(mediaType) && !FileTypes.IsDangerousExtension(extension);
        }

        if (type.EndsWith("/*", StringComparison.Ordinal))
        {
            return mediaType.StartsWith(type[..^1], StringComparison.Ordinal)
                && !FileTypes.IsDangerous(mediaType) && !FileTypes.IsDangerousExtension(extension);
        }

        return type == mediaType
            && (FileTypes.IsDangerous(mediaType) || !FileTypes.IsDangerousExtension(extension));
    }

    private static string Describe(string type) => type switch
    {
        FileSniffer.Unknown => "of an unknown type",
        FileSniffer.Text => "plain text",
        FileTypes.Executable => "a program",
        FileTypes.Script => "a script",
        _ => type,
    };

    private static Fault Refuse(in IncomingFile file, string what, IReadOnlyList<string> types)
    {
        string taken = types.Count == 0
            ? "Taken are all files that nothing executes."
            : $"Taken are {string.Join(", ", types)}.";
        return new Fault(FaultCatalogue.FileTypeRefused, $"The file \"{file.Name}\" {what}. {taken}")
        {
            Errors =
            [
                new FieldFault(
                    file.Pointer, "file-type", $"{what}; {char.ToLowerInvariant(taken[0])}{taken[1..^1]}"),
            ],
        };
    }
}
