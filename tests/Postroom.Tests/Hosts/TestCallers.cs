using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Postroom.Tests.Hosts;

/// <summary>Callers who sign in by saying their name (<c>Authorization: Test ada</c>), with roles that can be taken back.</summary>
public sealed class TestCallers
{
    private readonly ConcurrentDictionary<string, string> _roles = new();

    public void Grant(string name, string role) => _roles[name] = role;

    public void Revoke(string name) => _roles[name] = "";

    public void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(this);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, Handler>("Test", null);
    }

    private sealed class Handler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TestCallers callers)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Test ", StringComparison.Ordinal))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var name = header[5..];
            var identity = new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, name),
                    new Claim(ClaimTypes.Role, callers._roles.GetValueOrDefault(name, "")),
                ],
                "Test");
            return Task.FromResult(AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(identity), "Test")));
        }
    }
}
