using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.JsonSchema;
using Postroom.Parsing;
using Postroom.Parsing.Uploads;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing.Uploads;

public sealed class LargeFilesTests
{
    private const int FileBytes = 25_000_000;
    private const int Files = 10;

    [Fact]
    public async Task Ten_large_files_take_no_memory_of_their_size()
    {
        var staged = new StagedFiles(new Nowhere());
        FormReader reader = new(CompiledSchema.Any, new LimitsDeclaration(), [], readsJsonAsForm: true);
        var ids = new EntryIdSource(new ManualTime(), EntropySource.System);
        using FileIntake intake = new(reader.Rules, new FileRules(true, [], 1_000_000), staged, ids, _ => null);
        PipeReader body = PipeReader.Create(Body());
        long before = GC.GetAllocatedBytesForCurrentThread();

        // Nothing in it waits, so that all of it happens on this thread.
        var reading = reader.ReadMultipartAsync("B"u8.ToArray(), body, 1_000_000, intake)
            .AsTask();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(reading.IsCompleted);
        Assert.Null((await reading).Fault);
        Assert.InRange(allocated, 0, 4_000_000);
        Assert.Equal(Files, staged.Files.Count);
        Assert.All(staged.Files, file => Assert.Equal(FileBytes, file.Writer.Size));
    }

    /// <summary>The parts share one array: the body itself is in memory once only, as segments.</summary>
    private static ReadOnlySequence<byte> Body()
    {
        byte[] content = new byte[FileBytes];
        byte[] head = Encoding.ASCII.GetBytes(
            "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n");
        Segment first = new(head, null);
        Segment last = first;
        for (int file = 0; file < Files; file++)
        {
            last = file == 0 ? last : new Segment(head, last);
            last = new Segment("\r\n"u8.ToArray(), new Segment(content, last));
        }

        last = new Segment("--B--\r\n"u8.ToArray(), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }

    private sealed class Nowhere : IFileStore
    {
        public string Name => "nowhere";

        public long? FreeBytes => null;

        public GrowingFile TakeOver(GrowingFile file) => throw new NotSupportedException();

        public ValueTask<FileAppender> ResumeAsync(GrowingFile file) => throw new NotSupportedException();

        public ValueTask CompleteAsync(GrowingFile file) => throw new NotSupportedException();

        public ValueTask<FileWriter> CreateAsync(EntryId id) => new(new Writer());

        public ValueTask<Stream?> OpenAsync(EntryId id) => new((Stream?)null);

        public ValueTask DeleteAsync(EntryId id) => default;

        public IAsyncEnumerable<EntryId> ListOlderAsync(DateTimeOffset time, CancellationToken cancel) =>
            AsyncEnumerable.Empty<EntryId>();

        public ValueTask DisposeAsync() => default;

        private sealed class Writer : FileWriter
        {
            protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset) => default;

            protected override ValueTask MakeDurableAsync() => default;

            protected override ValueTask CloseAsync() => default;
        }
    }
}
