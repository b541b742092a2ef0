using Postroom.Sqlite.Erasing;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Erasing;

/// <summary>How a command and the process that writes speak through a folder.</summary>
public sealed class OrderFolderTests : IDisposable
{
    private static readonly EraseOrder s_order = new(["a"], ["b"]);

    private readonly TemporaryFolder _data = new();
    private readonly OrderFolder _folder;

    public OrderFolderTests() => _folder = new OrderFolder(_data.Path);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Without_the_folder_nothing_waits()
    {
        Assert.False(_folder.Exists);
        Assert.Null(_folder.Take());
        _folder.Make();
        Assert.True(_folder.Exists);
        Assert.Null(_folder.Take());
    }

    [Fact]
    public void Orders_are_taken_in_their_order_and_one_that_was_cut_off_comes_first()
    {
        _folder.Make();
        var first = _folder.Place(Id(1), s_order);
        var second = _folder.Place(Id(2), s_order);
        Assert.Equal(first, _folder.Take()!.Value.Name);
        Assert.Equal(first, new OrderFolder(_data.Path).Take()!.Value.Name);
        _folder.Report(first, new EraseProgress(1, 2));
        Assert.Equal(new EraseProgress(1, 2), _folder.ProgressOf(first));
        _folder.Finish(first, new EraseReceipt(1, 2, true));
        Assert.Null(_folder.ProgressOf(first));
        var next = _folder.Take()!.Value;
        Assert.Equal(second, next.Name);
        Assert.Equal(["a"], next.Order!.Entries);
        Assert.Equal(new EraseReceipt(1, 2, true), _folder.TakeReceipt(first));
        Assert.Null(_folder.TakeReceipt(first));
    }

    [Fact]
    public void What_was_taken_cannot_be_withdrawn_and_what_was_withdrawn_is_not_taken()
    {
        _folder.Make();
        var order = _folder.Place(Id(1), s_order);
        Assert.True(_folder.TryWithdraw(order));
        Assert.Null(_folder.Take());
        order = _folder.Place(Id(2), s_order);
        _folder.Take();
        Assert.False(_folder.TryWithdraw(order));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"entries":null,"files":[]}""")]
    public void What_is_no_order_is_set_aside_once(string text)
    {
        _folder.Make();
        File.WriteAllText(_data.File("orders/1.order"), text);
        Assert.Equal(("1", null), _folder.Take());
        Assert.Null(_folder.Take());
    }

    [Fact]
    public void Receipts_that_nobody_comes_for_go()
    {
        _folder.Make();
        var order = _folder.Place(Id(1), s_order);
        _folder.Take();
        _folder.Finish(order, new EraseReceipt(0, 0, true));
        _folder.Clear(DateTimeOffset.UtcNow.AddHours(-1));
        Assert.Single(Directory.EnumerateFiles(_data.File("orders")));
        _folder.Clear(DateTimeOffset.UtcNow.AddHours(1));
        Assert.Empty(Directory.EnumerateFiles(_data.File("orders")));
    }

    private static EntryId Id(long row) => EntryId.FromRow(row, 0);
}
