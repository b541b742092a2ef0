using Microsoft.Extensions.Logging.Console;

namespace Postroom.Server.Logging;

/// <summary>One line an event on the terminal, or one JSON object a line for machines.</summary>
internal static class ServerLogging
{
    public static void Configure(ILoggingBuilder logging, string kind)
    {
        logging.SetMinimumLevel(kind == "off" ? LogLevel.Warning : LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // While anybody could log under this name, the host starts an Activity for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("System", LogLevel.Warning);

        // It tells of a failed start with a stack trace; the command tells of it in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (kind == "json")
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddConsole(console => console.FormatterName = PlainFormatter.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter, PlainFormatter>();
        }
    }
}
