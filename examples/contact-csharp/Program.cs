using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Postroom.Sqlite;

var builder = WebApplication.CreateBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContactJson.Default));
builder.AddPostroom().UseSqlite(sqlite => sqlite with
{
    // A table of your own, in the same file and in the same commit as every message.
    OnOpen = ["create table if not exists senders (email text primary key, messages integer not null)"],
});
var app = builder.Build();

app.MapForm<Contact>("/api/contact")
    .Respond(created: "Thank you for contacting us, {{name}}!", required: "Name and email are required.")
    .InTransaction((contact, unit, cancel) =>
    {
        // Read under a guard: if another message of this sender is committed meanwhile, this runs again.
        var sent = unit.Query("select messages from senders where email = ?1", contact.Email);
        if (sent.Rows is [[long and >= 100, ..], ..])
        {
            unit.Refuse("You have sent 100 messages. Please call us.", "/email", status: 409);
            return ValueTask.CompletedTask;
        }

        unit.Execute(
            "insert into senders (email, messages) values (?1, 1) on conflict (email) do update set messages = messages + 1",
            contact.Email);
        return ValueTask.CompletedTask;
    })
    .Afterwards((contact, job, cancel) =>
    {
        // After the commit, at least once; job.Key stays the same, so that whatever you call can know a repeat.
        job.Services.GetRequiredService<ILogger<Contact>>()
            .LogInformation("Welcome {Name}, attempt {Attempt}, key {Key}", contact.Name, job.Attempt, job.Key);
        return ValueTask.CompletedTask;
    });
app.MapPostroom();
app.Run();

/// <summary>The message. Its schema is made from this type and its annotations.</summary>
public sealed class Contact
{
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    [Required, EmailAddress, StringLength(254)]
    public required string Email { get; init; }

    [StringLength(5000)]
    public string Message { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Contact))]
internal sealed partial class ContactJson : JsonSerializerContext;
