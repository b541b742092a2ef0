using System.Buffers;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>Refusals for people, and the pages that explain each kind of them.</summary>
internal static class ErrorPages
{
    public static ReadOnlyMemory<byte> Render(Fault fault, EntryId reference, EndpointPlan? plan = null) =>
        Render(new ErrorPage
        {
            Fault = fault,
            Reference = reference.IsEmpty ? null : reference.ToString(),
            Back = plan is null ? null : HtmlUrl.Of(plan.Path),
        }.WriteTo);

    public static ReadOnlyMemory<byte> RenderIndex() => Render(new ErrorIndexPage(FaultCatalogue.All).WriteTo);

    public static ReadOnlyMemory<byte> RenderKind(FaultKind kind) => Render(new ErrorKindPage(kind).WriteTo);

    private static ReadOnlyMemory<byte> Render(Action<HtmlWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        write(new HtmlWriter(output));
        return output.WrittenMemory;
    }
}
