using Postroom.Storage;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Tables and records to test with.</summary>
internal static class RecordSample
{
    public static readonly RecordIndex ByEmail = new("email", ["email"], IsUnique: true);
    public static readonly RecordIndex ByPlace = new("place", ["city", "number"], IsUnique: true);
    public static readonly CapacityRule Seats = new("seats", ["city"], Weight: null);
    public static readonly CapacityRule Kilos = new("kilos", ["city", "open"], "number");
    public static readonly CapacityRule All = new("all", [], Weight: null);
    public static readonly OverlapRule Slots = new("slots", ["city"], "begins", "ends", Buffer: 0);
    public static readonly OverlapRule Numbers = new("numbers", [], "number", "until", Buffer: 5);

    public static RecordTable Users { get; } = new()
    {
        Endpoint = "/api/users",
        Name = "users",
        Columns =
        [
            new RecordColumn("email", ["email"], RecordType.Text),
            new RecordColumn("city", ["address", "city"], RecordType.Text),
            new RecordColumn("number", ["address", "number"], RecordType.Integer),
            new RecordColumn("score", ["score"], RecordType.Number),
            new RecordColumn("open", ["open"], RecordType.Boolean),
            new RecordColumn("begins", ["begins"], RecordType.Time),
            new RecordColumn("ends", ["ends"], RecordType.Time),
            new RecordColumn("until", ["until"], RecordType.Integer),
            new RecordColumn("friend", ["friend"], RecordType.Text),
        ],
        Indexes =
        [
            ByEmail, new RecordIndex("score", ["score"], IsUnique: false),
            new RecordIndex("friend", ["friend"], IsUnique: false),
        ],
        Capacities = [Seats, Kilos, All],
        Overlaps = [Slots, Numbers],
        HasChanges = true,
    };

    public static RecordTable Rooms { get; } = new()
    {
        Endpoint = "/api/rooms",
        Name = "rooms",
        Columns =
        [
            new RecordColumn("name", ["name"], RecordType.Text),
            new RecordColumn("seats", ["seats"], RecordType.Integer),
        ],
        Indexes = [new RecordIndex("name", ["name"], IsUnique: true)],
    };

    public static Record Record(RecordTable table, EntryId id, long now, string document) => new()
    {
        Id = id,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
        Document = Sample.Utf8(document),
        Values = table.Read(Sample.Utf8(document)),
    };

    public static RecordValue[] Key(params RecordValue[] values) => values;
}
