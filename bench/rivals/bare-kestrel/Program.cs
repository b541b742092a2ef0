using System.Buffers;

// The floor: Kestrel reads the whole body and answers. It parses, checks, stores and promises nothing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
var answer = """{"id":"019aaaaa-0000-7000-8000-000000000000","message":"Thank you for contacting us!"}"""u8.ToArray();

app.Run(async context =>
{
    var reader = context.Request.BodyReader;
    while (true)
    {
        var read = await reader.ReadAsync(context.RequestAborted);
        reader.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted)
        {
            break;
        }
    }

    context.Response.StatusCode = StatusCodes.Status201Created;
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = answer.Length;
    context.Response.BodyWriter.Write(answer);
});

await app.RunAsync();
