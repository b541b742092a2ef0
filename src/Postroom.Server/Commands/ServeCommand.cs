using System.CommandLine;

namespace Postroom.Server.Commands;

internal static class ServeCommand
{
    private const int DrainSecondsMax = 3600;

    public static Command Make()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "The folder with postroom.yaml, or the file itself.",
            DefaultValueFactory = _ => ".",
        };
        var listen = new Option<string[]>("--listen")
        {
            Description = "An address to listen on, such as http://localhost:3001; may be given several times.",
        };
        var data = new Option<string?>("--data") { Description = "The data folder." };
        var lan = new Option<bool>("--lan")
        {
            Description = "Listen on all addresses, and show the one of this network.",
        };
        var log = new Option<string>("--log")
        {
            Description = "How to log: text, json, or off (warnings only).",
            DefaultValueFactory = _ => "text",
        };
        log.AcceptOnlyFromAmong("text", "json", "off");
        var drain = new Option<int>("--drain")
        {
            Description = "Seconds that running requests have to finish when the server is stopped.",
            DefaultValueFactory = _ => 30,
        };
        drain.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && int.TryParse(text.Value, out var seconds)
                && seconds is < 0 or > DrainSecondsMax)
            {
                result.AddError($"--drain takes 0 to {DrainSecondsMax} seconds.");
            }
        });
        var command = new Command("serve", "Takes POSTs for the endpoints of a declaration.")
        {
            path, listen, data, lan, log, drain,
        };
        command.SetAction((result, cancel) => ServeRun.RunAsync(
            new ServeOptions(
                result.GetValue(path)!, result.GetValue(listen) ?? [], result.GetValue(data), result.GetValue(lan),
                result.GetValue(log)!, TimeSpan.FromSeconds(result.GetValue(drain))),
            cancel));
        return command;
    }
}
