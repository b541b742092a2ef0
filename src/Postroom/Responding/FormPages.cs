using System.Buffers;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Responding;

/// <summary>The page of a form: empty with a fresh one-time token, or with what was sent and what is wrong.</summary>
internal sealed class FormPages(IPostStore store)
{
    private readonly SignedId _tokens = new(store.Secret.Span, "form token");

    /// <summary>A list is nothing that a page could ask for, nor can one that takes no form data be sent.</summary>
    public static bool CanShow(EndpointPlan plan) => plan.Resource is null && plan.Formats.TakesForm
        && (plan.Schema.Root.Types & SchemaTypes.Object) != 0;

    /// <summary>What a page says in the form's place; null while the endpoint would take it.</summary>
    /// <param name="plan">The endpoint.</param>
    /// <param name="at">Unix milliseconds.</param>
    public Fault? JudgeOpen(EndpointPlan plan, long at) =>
        plan.Opening.Judge(at) ?? plan.Admission?.JudgeQuota(store, at);

    public ReadOnlyMemory<byte> RenderEmpty(EndpointPlan plan) => Render(Page(plan) with { Token = NewToken(plan) });

    /// <summary>False where the form itself would not help: then an error page says what would.</summary>
    public bool TryRender(PostExchange exchange, Fault fault, out ReadOnlyMemory<byte> html)
    {
        html = default;
        var helps = fault.Kind.Retry == RetryAdvice.AfterCorrection || IsSentForm(exchange, fault);
        if (!helps || exchange.Document.IsEmpty || !CanShow(exchange.Plan))
        {
            return false;
        }

        html = Render(Page(exchange.Plan) with
        {
            Fault = fault,
            Values = FormValues.Read(exchange.Document),
            Token = IsSentForm(exchange, fault) ? NewToken(exchange.Plan) : Token(exchange),
            Key = exchange.ClientKey,
            Carried = ControlFields.Carried(exchange),
        });
        return true;
    }

    /// <summary>
    /// Whoever changes a form that was sent, and sends it again, is asked whether a second message is meant.
    /// </summary>
    private static bool IsSentForm(PostExchange exchange, Fault fault) =>
        fault.Kind == FaultCatalogue.KeyReused && exchange.KeySource == KeySource.Token;

    /// <summary>The token stays while a person corrects the form (row 10): it is still one message.</summary>
    private string? Token(PostExchange exchange) => exchange switch
    {
        { ClientKey: not null } => null,
        { KeySource: KeySource.Token } => exchange.Control["_token"],
        _ => NewToken(exchange.Plan),
    };

    private string NewToken(EndpointPlan plan) => _tokens.Make(store.Ids.Next(), plan.Path);

    private static FormPage Page(EndpointPlan plan) => new()
    {
        Title = plan.Schema.Root.Title ?? FieldNames.HumanisePath(plan.Path),
        Lead = plan.Schema.Root.Description,
        Action = HtmlUrl.Of(plan.Path),
        Fields = FormFields.Of(plan.Schema.Root),
        AsksForProof = plan.Declaration.Spam.ProofOfWork is not null,
        Honeypot = plan.Declaration.Spam.Honeypot.Count > 0 ? plan.Declaration.Spam.Honeypot[0] : null,
    };

    private static ReadOnlyMemory<byte> Render(FormPage page)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        page.WriteTo(new HtmlWriter(output));
        return output.WrittenMemory;
    }
}
