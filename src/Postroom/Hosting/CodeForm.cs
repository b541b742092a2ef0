using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Hosting;

/// <summary>A form that the host's code maps: what it declares, its code, and the conventions that ASP.NET Core applies.</summary>
internal sealed class CodeForm(string path)
{
    public string Path { get; } = path;

    public EndpointDeclaration Declaration { get; set; } = new() { Path = path, Kind = EndpointKind.Form };

    public IPostHandler? Handler { get; set; }

    public IPostFollowUp? FollowUp { get; set; }

    public List<Action<EndpointBuilder>> Conventions { get; } = [];
}
