namespace Postroom.Server.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its path in the backup, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its digest, 64 hexadecimal digits.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
