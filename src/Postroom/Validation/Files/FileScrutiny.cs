using System.Buffers;
using System.Globalization;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Validation.Files;

/// <summary>Looks into files that came whole, before they count: the size of images, and a scanner.</summary>
internal sealed class FileScrutiny(IFileStore files, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    /// <summary>True where an endpoint asks for it.</summary>
    public static bool IsAskedFor(EndpointPlan plan) =>
        plan.Files is not null && plan.Declaration.Files is not { Pixels: null, Scanner: null };

    public async ValueTask<Fault?> JudgeAsync(PostExchange exchange)
    {
        var declared = exchange.Plan.Declaration.Files;
        foreach (var file in exchange.Files)
        {
            if (declared.Pixels is { } pixels && file.MediaType.StartsWith("image/", StringComparison.Ordinal)
                && await JudgeImageAsync(file, pixels) is { } large)
            {
                return large;
            }

            if (declared.Scanner is { } scanner && await ScanAsync(file, scanner) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private async ValueTask<Fault?> JudgeImageAsync(EntryFile file, long most)
    {
        var head = ArrayPool<byte>.Shared.Rent((int)Math.Min(file.Size, ImageSize.HeadMax));
        try
        {
            await using var bytes = await OpenAsync(file);
            var length = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
            return ImageSize.PixelsOf(file.MediaType, head.AsSpan(0, length)) is { } pixels && pixels <= most
                ? null
                : TooLarge(file, most);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private async ValueTask<Fault?> ScanAsync(EntryFile file, string scanner)
    {
        await using var bytes = await OpenAsync(file);
        return await Scanner.IsCleanAsync(scanner, bytes, time) switch
        {
            true => null,
            false => new Fault(UploadKinds.Infected,
                $"The scanner has found something harmful in the file \"{file.Name}\". It was not stored."),
            null => new Fault(UploadKinds.ScannerUnavailable,
                "Files are scanned here, and the scanner does not answer. Nothing was stored; send it again later.")
            {
                RetryAfter = s_pause,
            },
        };
    }

    private async ValueTask<Stream> OpenAsync(EntryFile file) => await files.OpenAsync(file.Id)
        ?? throw new InvalidOperationException("A file that has just come is not there.");

    private static Fault TooLarge(EntryFile file, long most)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"must be an image of at most {most:N0} pixels");
        return new Fault(UploadKinds.ImageTooLarge, $"The file \"{file.Name}\" {what}. Send a smaller one.")
        {
            Limit = new LimitFault("files.pixels", most),
            Errors = [new FieldFault(file.Field, "image-too-large", what)],
        };
    }
}
