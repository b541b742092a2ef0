using System.CommandLine;
using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Server.Certificates;

namespace Postroom.Server.Commands;

internal static class CheckCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder with postroom.yaml, or the file itself.",
            DefaultValueFactory = _ => ".",
        };
        var plan = new Option<bool>("--plan") { Description = "Show what each endpoint compiles to." };
        var data = new Option<string?>("--data")
        {
            Description = "The data folder: lists the records that the schemas of now would not take.",
        };
        var command = new Command("check", "Checks a declaration and lists every fault as file:line:column.")
        {
            path, plan, data,
        };
        command.SetAction(result =>
            Run(result.GetValue(path)!, result.GetValue(plan), result.GetValue(data)));
        return command;
    }

    private static int Run(string path, bool showPlan, string? data)
    {
        var result = DeclarationLoader.Load(path, new DeclarationContext { IdentityAvailable = false });
        var faults = new List<DeclarationFault>(result.Faults);
        var plans = result.Declaration is { } declaration && faults.Count == 0
            ? DeclaredPlans.Compile(declaration, faults)
            : [];
        if (faults.Count == 0)
        {
            CheckCertificate(result.Declaration!, faults);
        }

        if (faults.Count > 0)
        {
            faults.ForEach(fault => Console.Error.WriteLine(fault));
            Console.Error.WriteLine(faults.Count == 1 ? "1 fault." : $"{faults.Count} faults.");
            return ExitCodes.Failed;
        }

        Console.Out.WriteLine(plans.Count == 1 ? "1 endpoint, no faults." : $"{plans.Count} endpoints, no faults.");
        if (showPlan)
        {
            plans.ForEach(plan => PlanText.Write(Console.Out, plan));
        }

        return data is not null && RecordCheck.Run(data, plans, Console.Out) > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>The pair as the server would read it at this moment; what fits badly is said without a fault.</summary>
    private static void CheckCertificate(PostroomDeclaration declaration, List<DeclarationFault> faults)
    {
        if (declaration.Tls is not { IsSelfSigned: false } tls)
        {
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        var reading = CertificateReader.Read(tls, PemFiles.Read(tls), now);
        if (!reading.Succeeded)
        {
            faults.Add(reading.Fault);
            return;
        }

        foreach (var doubt in new CertificateNames(declaration.Url, null).Doubts(tls, reading.Certificate, now))
        {
            Console.Error.WriteLine("warning: " + doubt);
        }
    }
}
