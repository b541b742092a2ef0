using System.Globalization;
using Postroom.Faults;

namespace Postroom.Exchange.Records;

/// <summary>The refusals of a batch: those of its items, with the place of each.</summary>
internal static class BatchFaults
{
    private const int ErrorsMax = 100;
    private const int NamedMax = 5;

    public static Fault NoList { get; } = new(FaultCatalogue.ValidationFailed,
        "A batch is a list: send a JSON array of records, or NDJSON, CSV or XML.")
    {
        Errors = [new FieldFault("", "type", "must be a list")],
    };

    public static Fault Empty { get; } = new(FaultCatalogue.ValidationFailed, "The list is empty. Send a record in it.")
    {
        Errors = [new FieldFault("", "too-few-items", "must have at least 1 item")],
    };

    /// <summary>What is wrong with an item, where the batch is refused for it.</summary>
    public static Fault At(int index, Fault fault) => fault with
    {
        Message = $"{Name(index)}: {fault.Message}",
        Errors = fault.Errors.Count == 0
            ? [new FieldFault(Pointer(index), fault.Kind.Code, fault.Message)]
            : [.. fault.Errors.Select(error => error with { Pointer = Pointer(index) + error.Pointer })],
    };

    /// <summary>What is wrong with all items that cannot be records; null when each can.</summary>
    public static Fault? All(IReadOnlyList<BatchItem> items)
    {
        BatchItem[] faulty = [.. items.Where(item => item.Fault is not null)];
        if (faulty.Length == 0)
        {
            return null;
        }

        var words = faulty.Take(NamedMax).Select(item => At(item.Index, item.Fault!).Message);
        var more = faulty.Length > NamedMax
            ? string.Create(CultureInfo.InvariantCulture, $" And {faulty.Length - NamedMax:N0} items more.")
            : "";
        return new Fault(FaultCatalogue.ValidationFailed, string.Join(" ", words) + more + " Nothing was stored.")
        {
            Errors = [.. faulty.SelectMany(item => At(item.Index, item.Fault!).Errors).Take(ErrorsMax)],
        };
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"Item {index + 1:N0}");

    private static string Pointer(int index) => "/" + index.ToString(CultureInfo.InvariantCulture);
}
