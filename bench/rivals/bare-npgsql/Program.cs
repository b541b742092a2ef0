using System.Buffers;
using Npgsql;
using NpgsqlTypes;

// What most people write: each request inserts its body as one row, and is answered after the commit. No key, no index
// but the primary key, no check of the body, nothing promised to a repeat. Prepared statements and a pool, as tuned.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
await using var source = NpgsqlDataSource.Create(
    builder.Configuration["database"] ?? throw new InvalidOperationException("Say --database <connection string>."));
await using (var define = source.CreateCommand(
    "CREATE TABLE IF NOT EXISTS posts (row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document bytea NOT NULL)"))
{
    await define.ExecuteNonQueryAsync();
}

var app = builder.Build();
var answer = """{"id":"019aaaaa-0000-7000-8000-000000000000","message":"Thank you for contacting us!"}"""u8.ToArray();

app.Run(async context =>
{
    var reader = context.Request.BodyReader;
    var read = await reader.ReadAsync(context.RequestAborted);
    while (!read.IsCompleted)
    {
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        read = await reader.ReadAsync(context.RequestAborted);
    }

    var document = read.Buffer.ToArray();
    reader.AdvanceTo(read.Buffer.End);
    await using var insert = source.CreateCommand("INSERT INTO posts (document) VALUES ($1)");
    insert.Parameters.Add(
        new NpgsqlParameter<byte[]> { TypedValue = document, NpgsqlDbType = NpgsqlDbType.Bytea });
    await insert.ExecuteNonQueryAsync();

    context.Response.StatusCode = StatusCodes.Status201Created;
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = answer.Length;
    context.Response.BodyWriter.Write(answer);
});

await app.RunAsync();
