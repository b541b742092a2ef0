namespace Postroom.Storage;

/// <summary>What a unit must be before a store takes it. A breach is a bug of the caller, so it throws.</summary>
internal static class UnitRules
{
    public const int GuardsMax = 65_536;
    private const int WritesMax = 32_768;
    private const int FilesMax = 1000;
    private const int UploadBytesMax = 1024 * 1024;

    /// <summary>Throws unless the unit keeps its limits and its entries are whole.</summary>
    public static void Check(PostUnit unit)
    {
        if (unit.Guards.Count > GuardsMax)
        {
            throw new ArgumentException($"A unit has at most {GuardsMax} guards.", nameof(unit));
        }

        if (unit.Writes.Count is 0 or > WritesMax)
        {
            throw new ArgumentException($"A unit has 1 to {WritesMax} writes.", nameof(unit));
        }

        for (var i = 0; i < unit.Writes.Count; i++)
        {
            if (unit.Writes[i] is InsertEntry insert)
            {
                Check(insert.Entry);
            }
            else if (unit.Writes[i] is SetEntryState { State: EntryState.Deleted })
            {
                throw new ArgumentException("An entry is deleted by DeleteEntry.", nameof(unit));
            }
            else if (unit.Writes[i] is ClaimValue { Rule.Length: 0 })
            {
                throw new ArgumentException("A value is claimed under a rule that has a name.", nameof(unit));
            }
            else if (unit.Writes[i] is InsertUpload { Upload: var begun })
            {
                Check(begun);
            }
            else if (unit.Writes[i] is SetUpload { Upload: var upload })
            {
                Check(upload);
            }
        }
    }

    private static void Check(Upload upload)
    {
        if (upload.Id.IsEmpty || upload.Caller.Length == 0 || upload.Offset < 0 || upload.Offset > upload.Length)
        {
            throw new ArgumentException("An upload has an id, a caller, and no more bytes than its length.");
        }

        if (upload.Metadata.Length > UploadBytesMax || upload.FileState.Length > UploadBytesMax)
        {
            throw new ArgumentException($"What an upload carries has at most {UploadBytesMax} bytes.");
        }

        if (upload.State == UploadState.Finished && upload.Entry.IsEmpty)
        {
            throw new ArgumentException("A finished upload is named by an entry.");
        }
    }

    private static void Check(Entry entry)
    {
        if (entry.Id.Row <= 0 || entry.State == EntryState.Deleted)
        {
            throw new ArgumentException("A new entry has an id and is not deleted.", nameof(entry));
        }

        if (entry.Files.Count > FilesMax)
        {
            throw new ArgumentException($"An entry has at most {FilesMax} files.", nameof(entry));
        }

        if (entry.BodyType is null && !entry.Body.IsEmpty)
        {
            throw new ArgumentException("A body is kept with its media type.", nameof(entry));
        }

        if (!entry.Key.IsEmpty && entry.Answer is null)
        {
            throw new ArgumentException("A key is kept with the answer that it stands for.", nameof(entry));
        }
    }
}
