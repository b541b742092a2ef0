using System.Net.Sockets;
using System.Text;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 18 and 19: clients that go away.</summary>
public sealed class DisconnectRowTests
{
    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_18_a_client_that_leaves_after_the_whole_body_changes_nothing(string store)
    {
        using var kind = new StoreKind(store);
        var gate = new Gate();
        var cancelled = false;
        await using var host = await PostHost.StartNotesAsync(
            form => form.InTransaction(async (_, _, cancel) =>
            {
                await gate.PassAsync();
                cancelled = cancel.IsCancellationRequested;
            }),
            kind.Choose);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Address.Host, host.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/note HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 14\r\n"
                + $"Idempotency-Key: {Keys.One}\r\n\r\n{{\"text\":\"one\"}}"));
            await gate.Came;
            client.Client.LingerState = new LingerOption(true, 0);
        }

        gate.Open();
        await host.Log.ContainsAsync("POST /api/note 201 stored");
        Assert.False(cancelled);
        using var retry = await host.PostNoteAsync("one", Keys.Header(Keys.One));
        Assert.Equal("replayed", retry.Header("Idempotency-Status"));
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
        Assert.Equal(1, gate.Count);
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_19_a_body_that_was_cut_off_is_discarded_and_leaves_the_key_free(string store)
    {
        using var kind = new StoreKind(store);
        await using var host = await PostHost.StartAsync(
            new Postroom.Declarations.PostroomDeclaration { Endpoints = [PostHost.Contact] }, store: kind.Choose);
        await RawPost.SendCutOffAsync(host.Address, $"Idempotency-Key: {Keys.One}", Keys.Ada);
        await host.Log.ContainsAsync("incomplete-body");
        Assert.Empty(host.Entries());
        using var retry = await host.PostJsonAsync(Keys.Ada, Keys.Header(Keys.One));
        Assert.Equal("created", retry.Header("Idempotency-Status"));
    }
}
