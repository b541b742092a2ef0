using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Scenarios;

/// <summary>
/// Sends the requests of a scenario over a real socket. Callers sign in with <c>Authorization: Test name</c>; who is
/// called admin or editor has that role.
/// </summary>
internal static class ScenarioRun
{
    public static async Task<string?> RunAsync(string declaration, Scenario scenario, Action<PostroomBuilder> store)
    {
        var callers = new TestCallers();
        callers.Grant("admin", "admin");
        callers.Grant("editor", "editor");
        await using var host = await PostHost.StartAsync(
            Load(declaration), app => app.UseAuthentication(), store, callers.Add);
        var expectation = new Expectation();
        foreach (var step in scenario.Steps)
        {
            if (await RunAsync(host, step, expectation) is { } wrong)
            {
                return $"{scenario.Name}, line {step.Line}: {wrong}";
            }
        }

        return null;
    }

    private static PostroomDeclaration Load(string declaration)
    {
        var folder = Directory.CreateTempSubdirectory("postroom-scenario-");
        try
        {
            var file = Path.Combine(folder.FullName, "postroom.yaml");
            File.WriteAllText(file, declaration);
            var result = DeclarationLoader.Load(file, new DeclarationContext { IdentityAvailable = true });
            Assert.True(result.Faults.Count == 0, string.Join("\n", result.Faults));
            return result.Declaration!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string?> RunAsync(PostHost host, ScenarioStep step, Expectation expectation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), expectation.Fill(step.Path));
        var type = "application/json";
        foreach (var (name, value) in step.Headers)
        {
            if (name == "Content-Type")
            {
                type = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, expectation.Fill(value));
            }
        }

        if (step.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(expectation.Fill(step.Body)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode != step.Status
            ? $"{(int)response.StatusCode} in place of {step.Status}: {text}"
            : JudgeHeaders(response, step, expectation) ?? JudgeBody(text, step, expectation);
    }

    private static string? JudgeHeaders(HttpResponseMessage response, ScenarioStep step, Expectation expectation)
    {
        foreach (var (name, value) in step.Expected)
        {
            if (expectation.Judge(value, response.Header(name)) is { } wrong)
            {
                return $"{name} {wrong}";
            }
        }

        return null;
    }

    private static string? JudgeBody(string text, ScenarioStep step, Expectation expectation)
    {
        if (step.Answer is not { } answer)
        {
            return null;
        }

        if (answer is not ['{' or '[', ..])
        {
            var different = answer == "empty"
                ? expectation.Judge("-", text.Length == 0 ? null : text)
                : expectation.Judge(answer.TrimStart('~'), text);
            return different is null ? null : "body " + different;
        }

        using var expected = JsonDocument.Parse(answer);
        using var actual = JsonDocument.Parse(text);
        return expectation.JudgeJson(expected.RootElement, actual.RootElement, "") is { } wrong ? $"{wrong}\n{text}" : null;
    }
}
