
namespace Postroom.Hosting;

/// <summary>The forms that the host's code has mapped, gathered until the start compiles them.</summary>
internal sealed class CodeForms
{
    private readonly List<CodeForm> _forms = [];

    public IReadOnlyList<CodeForm> Forms => _forms;

    public void Add(CodeForm form) => _forms.Add(form);

    public CodeForm? Find(string path) =>
        _forms.Find(form => string.Equals(form.Path, path, StringComparison.OrdinalIgnoreCase));
}
