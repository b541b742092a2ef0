using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Execution;

/// <summary>What a form of C# can say of itself as well as one of the file.</summary>
public sealed class FormBuilderTests
{
    [Fact]
    public async Task A_unique_property_is_taken_once_under_its_name_in_the_document()
    {
        await using var host = await StartAsync(form => form.Unique(booking => booking.Email));
        using var first = await PostAsync(host, """{"e_mail":"ada@example.com"}""");
        using var second = await PostAsync(host, """{"e_mail":"ADA@example.com"}""");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var json = await second.JsonAsync();
        Assert.Equal("/e_mail", json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Several_properties_are_one_combination_and_each_call_is_a_rule_of_its_own()
    {
        await using var host = await StartAsync(form => form
            .Unique(booking => booking.Seat, booking => booking.Place!.Room)
            .Unique(booking => booking.Email));
        using var first = await PostAsync(host, """{"e_mail":"a@b.c","seat":1,"place":{"room":"blue"}}""");
        using var other = await PostAsync(host, """{"e_mail":"d@b.c","seat":1,"place":{"room":"red"}}""");
        using var taken = await PostAsync(host, """{"e_mail":"e@b.c","seat":1,"place":{"room":"red"}}""");
        Assert.Equal([201, 201, 409], [(int)first.StatusCode, (int)other.StatusCode, (int)taken.StatusCode]);
    }

    [Fact]
    public async Task What_is_no_property_is_refused_when_it_is_mapped()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(form => form.Unique(booking => booking.Email + "x")));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(form => form.Unique(booking => booking.Hidden)));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(form => form.Unique(booking => booking)));
    }

    [Fact]
    public async Task A_quota_closes_the_form_when_it_is_reached()
    {
        await using var host = await StartAsync(form => form.Quota(1, TimeSpan.FromDays(1)));
        using var first = await PostAsync(host, """{"e_mail":"ada@example.com"}""");
        using var second = await PostAsync(host, """{"e_mail":"bob@example.com"}""");
        Assert.Equal([201, 429], [(int)first.StatusCode, (int)second.StatusCode]);
        host.Time.Advance(TimeSpan.FromDays(1));
        using var next = await PostAsync(host, """{"e_mail":"bob@example.com"}""");
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
    }

    [Fact]
    public async Task A_quota_that_cannot_be_kept_is_refused_when_it_is_mapped()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync(form => form.Quota(0)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => StartAsync(form => form.Quota(1, TimeSpan.FromMinutes(5))));
    }

    [Fact]
    public async Task An_annotated_text_or_list_takes_files_of_the_types_named()
    {
        await using var host = await PostHost.StartAsync(
            new(), app => app.MapForm("/api/paper", BookingJson.Default.Paper).Files("application/pdf", ".txt"));
        using var stored = await host.PostFilesAsync("/api/paper",
            [Multipart.File("cv", "cv.pdf", "%PDF-1.7"), Multipart.File("more", "1.txt", "x"), Multipart.File("more", "2.txt", "y")]);
        using var other = await host.PostFilesAsync("/api/paper", [Multipart.File("cv", "cv.png", "\u0089PNG")]);
        using var text = await host.PostFilesAsync("/api/paper", [Multipart.Text("cv", "cv.pdf")]);
        using var field = await host.PostFilesAsync(
            "/api/paper", [Multipart.File("cv", "cv.pdf", "%PDF-1.7"), Multipart.File("note", "n.txt", "x")]);
        Assert.Equal([201, 415, 400, 400], new[] { stored, other, text, field }.Select(answer => (int)answer.StatusCode));
        Assert.Equal(["/cv", "/more/0", "/more/1"], Assert.Single(host.Entries()).Files.Select(file => file.Field));
    }

    [Fact]
    public async Task Rules_stand_side_by_side_as_documented()
    {
        await using var host = await PostHost.StartAsync(
            new(),
            app =>
            {
                app.MapForm<Registration>("/api/registration")
                    .Unique(form => form.Event, form => form.Email)
                    .Unique(form => form.Phone)
                    .Quota(50, TimeSpan.FromDays(1));
            },
            configure: builder => builder.Services.ConfigureHttpJsonOptions(
                options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, BookingJson.Default)));
        string[] forms =
        [
            """{"event":"a","email":"ada@example.com","phone":"1"}""",
            """{"event":"b","email":"ada@example.com","phone":"2"}""",
            """{"event":"b","email":"ada@example.com","phone":"3"}""",
            """{"event":"c","email":"ada@example.com","phone":"2"}""",
        ];
        var statuses = new List<int>();
        foreach (var form in forms)
        {
            using var answer = await host.PostAsync("/api/registration", "application/json", form);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([201, 201, 409, 409], statuses);
    }

    private static Task<PostHost> StartAsync(Action<Postroom.Hosting.FormBuilder<Booking>> form) => PostHost.StartAsync(
        new(), app => form(app.MapForm("/api/booking", BookingJson.Default.Booking)));

    private static Task<HttpResponseMessage> PostAsync(PostHost host, string json) =>
        host.PostAsync("/api/booking", "application/json", json);

    internal sealed class Booking
    {
        [JsonPropertyName("e_mail"), EmailAddress]
        public string? Email { get; init; }

        public int Seat { get; init; }

        public Place? Place { get; init; }

        [JsonIgnore]
        public string? Hidden { get; init; }
    }

    internal sealed record Place(string Room);

    internal sealed class Paper
    {
        [DataType(DataType.Upload)]
        public required string Cv { get; init; }

        [DataType(DataType.Upload)]
        public IReadOnlyList<string> More { get; init; } = [];

        public string? Note { get; init; }
    }

    internal sealed record Registration(string Event, string Email, string Phone);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FormBuilderTests.Booking))]
[JsonSerializable(typeof(FormBuilderTests.Registration))]
[JsonSerializable(typeof(FormBuilderTests.Paper))]
internal sealed partial class BookingJson : JsonSerializerContext;
