using Npgsql;
using NpgsqlTypes;

namespace Postroom.Postgres;

/// <summary>
/// The parameters of the store's own statements, by type; arrays are columns that <c>unnest</c> turns into rows.
/// </summary>
internal static class Parameters
{
    public static NpgsqlParameter Long(long value) => Of(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Int(int value) => Of(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Uuid(Guid value) => Of(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Text(string value) => Of(value, NpgsqlDbType.Text);

    public static NpgsqlParameter TextOrNull(string? value) => OrNull(value, NpgsqlDbType.Text);

    public static NpgsqlParameter LongOrNull(long? value) => OrNull(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter IntOrNull(int? value) => OrNull(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter UuidOrNull(Guid? value) => OrNull(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter ByteaOrNull(byte[]? value) => OrNull(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Flag(bool value) => Of(value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Bytea(byte[] value) => Of(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Longs(long[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlParameter Ints(int?[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlParameter Uuids(Guid[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlParameter Uuids(Guid?[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlParameter Texts(string?[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Byteas(byte[]?[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    public static NpgsqlParameter LongsOrNull(long?[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlParameter DoublesOrNull(double?[] values) =>
        Of(values, NpgsqlDbType.Array | NpgsqlDbType.Double);

    public static NpgsqlParameter Decimals(decimal[] values) => Of(values, NpgsqlDbType.Array | NpgsqlDbType.Numeric);

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter<T> Of<T>(T value, NpgsqlDbType type) =>
        new() { TypedValue = value, NpgsqlDbType = type };
}
