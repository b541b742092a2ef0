using System.Globalization;

namespace Postroom.Storage.Copying;

/// <summary>What of the tables belongs to a copy: the same for both sides.</summary>
/// <param name="Now">The moment at which keys are valid or have ended, in Unix milliseconds.</param>
/// <param name="FilesMove">
/// Whether files go to another place. Then uploads that are open stay behind, as with a backup: their bytes are
/// still those of a store of files that goes on with them in its own way.
/// </param>
internal sealed record CopyScope(long Now, bool FilesMove)
{
    private const string NowMark = "@now";
    private const string FilesMoveMark = "@files_move";

    /// <summary>Puts the values into a statement, in which <c>@now</c> and <c>@files_move</c> stand for them.</summary>
    public string Fill(string sql) => sql
        .Replace(NowMark, Now.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(FilesMoveMark, FilesMove ? "TRUE" : "FALSE", StringComparison.Ordinal);
}
