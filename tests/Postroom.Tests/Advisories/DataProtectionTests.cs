using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Exchange;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Advisories;

/// <summary>
/// CVE-2026-40372: ASP.NET Core Data Protection took what it had not sealed. Nothing of ours goes through it, and what
/// we sign ourselves is refused with a single bit changed.
/// </summary>
public sealed class DataProtectionTests
{
    [Fact]
    public async Task CVE_2026_40372_nothing_goes_through_Data_Protection()
    {
        await using var host = await PostHost.StartAsync();
        Assert.Null(host.Services.GetService<IDataProtectionProvider>());
        Assert.DoesNotContain(
            Repository.Sources("src"),
            file => file.Lines.Any(line => line.Contains("DataProtection", StringComparison.Ordinal)));
    }

    [Fact]
    public void CVE_2026_40372_an_id_with_one_bit_changed_is_not_ours()
    {
        var signed = new SignedId(new byte[32], "test");
        var id = EntryId.Read([.. Enumerable.Range(0, EntryId.Size).Select(number => (byte)number)]);
        var token = System.Buffers.Text.Base64Url.DecodeFromChars(signed.Make(id, "context"));
        Assert.True(signed.TryRead(signed.Make(id, "context"), "context", out _));
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(signed.TryRead(System.Buffers.Text.Base64Url.EncodeToString(token), "context", out _));
            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
