using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>
/// The files to which one schema refers: those in the declaration's folder and in the folders in it, within bounds.
/// They are read once, so that what was checked is what counts.
/// </summary>
/// <param name="scope">Takes the files and their faults.</param>
/// <param name="main">The schema that refers to them.</param>
internal sealed class SchemaFiles(LoadScope scope, WrittenSchema main) : ISchemaSource
{
    /// <summary>All texts of one schema together, in bytes.</summary>
    private const int BytesMax = 4_000_000;

    private readonly Dictionary<string, WrittenSchema?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _refusals = new(StringComparer.Ordinal);
    private long _bytes = main.Json.Length;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Find(string uri)
    {
        if (!_files.TryGetValue(uri, out var file))
        {
            file = Read(uri, out var refusal);
            _files[uri] = file;
            _refusals[uri] = refusal;
        }

        return file?.Json;
    }

    /// <summary>What was read, for those who compile the schema again.</summary>
    public SchemaRegistry Keep() => new(
        from file in _files
        where file.Value is not null
        select new KeyValuePair<string, ReadOnlyMemory<byte>>(file.Key, file.Value.Json));

    /// <summary>Notes an error of the schema in the file in which it is.</summary>
    public void Report(SchemaError error)
    {
        var file = error.Document.Length == 0 ? main : _files.GetValueOrDefault(error.Document) ?? main;
        if (error.MissingDocument is not { } missing || !_refusals.TryGetValue(missing, out var refusal))
        {
            file.Report(scope, error);
        }
        else if (refusal is not null)
        {
            file.Report(scope, error, refusal);
        }
    }

    /// <summary>
    /// Null with the reason, or without one where the faults of the file are noted in it and say enough.
    /// </summary>
    private WrittenSchema? Read(string uri, out string? refusal)
    {
        var shown = Excerpt.Of(uri);
        var name = Uri.UnescapeDataString(uri);
        if (IsAddress(uri))
        {
            refusal = $"`{shown}` is an address, and no schema is read from the network. Save it beside this file, and "
                + "refer to that by its name; where a schema has an `$id`, names start from it.";
            return null;
        }

        if (name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name)
            || scope.Absolute(name) is not { } absolute || !IsIn(scope.Folder, absolute))
        {
            refusal = $"`{shown}` is outside of the declaration's folder. Only files in it are referred to.";
            return null;
        }

        if (!scope.Files.Contains(absolute))
        {
            scope.Files.Add(absolute);
        }

        refusal = null;
        var bytes = Bytes(absolute, shown, ref refusal);
        return bytes is null ? null : Checked(scope.Named(name), shown, bytes, ref refusal);
    }

    private byte[]? Bytes(string absolute, string shown, ref string? refusal)
    {
        try
        {
            var real = RealPath.Of(absolute);
            if (real is null || !IsIn(RealPath.Of(scope.Folder)!, real))
            {
                refusal = $"`{shown}` is a link that does not lead to a file in the declaration's folder. Only files "
                    + "in it are referred to.";
                return null;
            }

            var bytes = SourceFile.Read(real, out var unreadable);
            refusal = (bytes, unreadable) switch
            {
                (not null, _) => null,
                (_, null) => $"The file `{shown}` does not exist. References start from the file that they stand in.",
                _ => $"`{shown}` cannot be read: {unreadable}",
            };
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            refusal = $"`{shown}` cannot be read: {exception.Message}";
            return null;
        }
    }

    private WrittenSchema? Checked(string file, string shown, byte[] bytes, ref string? refusal)
    {
        var written = WrittenSchema.Read(scope, file, bytes, out var fault);
        if (written is null)
        {
            refusal = fault is null ? null : $"The file `{shown}` {fault}";
            return null;
        }

        if (_bytes + written.Json.Length > BytesMax)
        {
            refusal = $"With `{shown}` the files of the schema are larger than {BytesMax / 1_000_000} MB together.";
            return null;
        }

        _bytes += written.Json.Length;
        var faults = new SchemaFaults();
        if (CompiledSchema.Any.Walk(written.Json.Span, faults) != JsonVerdict.Malformed)
        {
            return written;
        }

        var found = faults.Malformation!;
        written.Report(scope, new SchemaError("", found.Line, found.Column, $"not acceptable JSON: {found.Message}"));
        return null;
    }

    private static bool IsAddress(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return uri.StartsWith("//", StringComparison.Ordinal) || (colon > 0 && !uri[..colon].Contains('/'));
    }

    private static bool IsIn(string folder, string path) => path.StartsWith(
        Path.TrimEndingDirectorySeparator(folder) is var trimmed && Path.EndsInDirectorySeparator(trimmed)
            ? trimmed
            : trimmed + Path.DirectorySeparatorChar,
        StringComparison.Ordinal);
}
