using Microsoft.AspNetCore.Builder;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Hosting;

/// <summary>A form that the host's code maps: its declaration, its code, and ASP.NET Core's conventions.</summary>
internal sealed class CodeForm(string path)
{
    public string Path { get; } = path;

    public EndpointDeclaration Declaration { get; set; } = new() { Path = path, Kind = EndpointKind.Form };

    public IPostHandler? Handler { get; set; }

    public IPostFollowUp? FollowUp { get; set; }

    public List<Action<EndpointBuilder>> Conventions { get; } = [];
}
