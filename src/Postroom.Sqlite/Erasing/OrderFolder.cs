using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Postroom.Files;
using Postroom.Storage;

namespace Postroom.Sqlite.Erasing;

/// <summary>
/// The folder through which a command gives the process that writes an order, and learns what became of it. A name says
/// how far an order is: <c>.order</c> waits, <c>.taken</c> is being carried out and is taken up again after a crash,
/// <c>.receipt</c> is done. Whoever may write here may write the database as well.
/// </summary>
internal sealed class OrderFolder(string data)
{
    public const string Name = "orders";

    private const string Waiting = ".order";
    private const string Taken = ".taken";
    private const string Progress = ".progress";
    private const string Receipt = ".receipt";
    private const string Unread = ".unread";

    private readonly string _path = System.IO.Path.Combine(data, Name);

    /// <summary>False while no server of a version that takes orders has opened the data folder.</summary>
    public bool Exists => Directory.Exists(_path);

    /// <summary>True while an order waits or is being carried out.</summary>
    public bool HasOpen => Exists && (First(Taken) ?? First(Waiting)) is not null;

    /// <summary>Makes the folder, for nobody but the process's own user.</summary>
    public void Make()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else
        {
            Directory.CreateDirectory(
                _path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        FolderSync.Run(data);
    }

    /// <summary>Puts an order in; it is durable when the call returns.</summary>
    /// <param name="id">Its own, made like that of an entry.</param>
    /// <param name="order">What is to be erased.</param>
    /// <returns>Its name.</returns>
    public string Place(EntryId id, EraseOrder order)
    {
        var name = id.ToString();
        Write(name + Waiting, order, OrderJson.Default.EraseOrder);
        return name;
    }

    /// <summary>Takes an order back. False when it has been taken.</summary>
    public bool TryWithdraw(string order)
    {
        try
        {
            File.Move(PathOf(order, Waiting), PathOf(order, Unread));
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        File.Delete(PathOf(order, Unread));
        return true;
    }

    /// <summary>
    /// Takes the next order, one that was taken before a crash first; null when there is none. One that cannot be read
    /// is set aside.
    /// </summary>
    public (string Name, EraseOrder? Order)? Take()
    {
        if (!Exists)
        {
            return null;
        }

        if (First(Taken) is not { } name)
        {
            if (First(Waiting) is not { } waiting)
            {
                return null;
            }

            try
            {
                File.Move(PathOf(waiting, Waiting), PathOf(waiting, Taken));
            }
            catch (FileNotFoundException)
            {
                return null;
            }

            FolderSync.Run(_path);
            name = waiting;
        }

        var order = Read(PathOf(name, Taken), OrderJson.Default.EraseOrder);
        if (order is null)
        {
            File.Move(PathOf(name, Taken), PathOf(name, Unread), overwrite: true);
        }

        return (name, order);
    }

    public void Report(string order, EraseProgress progress) =>
        Write(order + Progress, progress, OrderJson.Default.EraseProgress, isDurable: false);

    /// <summary>Ends an order.</summary>
    public void Finish(string order, EraseReceipt receipt)
    {
        Write(order + Receipt, receipt, OrderJson.Default.EraseReceipt);
        File.Delete(PathOf(order, Taken));
        File.Delete(PathOf(order, Progress));
        FolderSync.Run(_path);
    }

    public EraseProgress? ProgressOf(string order) =>
        Read(PathOf(order, Progress), OrderJson.Default.EraseProgress);

    /// <summary>Takes the receipt of an order out; null while there is none.</summary>
    public EraseReceipt? TakeReceipt(string order)
    {
        var receipt = Read(PathOf(order, Receipt), OrderJson.Default.EraseReceipt);
        File.Delete(PathOf(order, Receipt));
        return receipt;
    }

    /// <summary>Removes receipts that nobody came for.</summary>
    public void Clear(DateTimeOffset before)
    {
        foreach (var receipt in new DirectoryInfo(_path).EnumerateFiles("*" + Receipt))
        {
            if (receipt.LastWriteTimeUtc < before)
            {
                receipt.Delete();
            }
        }
    }

    // The names begin with their time.
    private string? First(string ending) => Directory.EnumerateFiles(_path, "*" + ending)
        .Select(System.IO.Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).FirstOrDefault();

    private string PathOf(string order, string ending) => System.IO.Path.Combine(_path, order + ending);

    private void Write<T>(string name, T content, JsonTypeInfo<T> type, bool isDurable = true)
    {
        var path = System.IO.Path.Combine(_path, name);
        var partial = path + ".partial";
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(content, type));
            file.Flush(isDurable);
        }

        File.Move(partial, path, overwrite: true);
        if (isDurable)
        {
            FolderSync.Run(_path);
        }
    }

    private static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}
