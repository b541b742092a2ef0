using System.Globalization;
using Postroom.Crash.Host;

return args switch
{
    ["rows", var folder, var count, .. var rest] => RowWriter.Run(folder, Number(count), rest),
    ["calls", var folder] => DiskCalls.Run(folder),
    ["store", var folder, var count, var tasks, .. var rest] =>
        await StoreWriter.RunAsync(folder, Number(count), Number(tasks), HostOptions.Read(rest)),
    ["serve", var folder, "--listen", var listen, "--data", var data, .. var rest] =>
        await CrashServer.RunAsync(folder, listen, data, HostOptions.Read(rest)),
    ["node", var folder, var connection, var work, var name] =>
        await WorkingNode.RunAsync(folder, connection, work, name),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("""
        rows FOLDER COUNT [early | normal]
        calls FOLDER
        store FOLDER COUNT TASKS [--hasty] [--kill POINT:PASS | --stall POINT:PASS]
        serve FOLDER --listen URL --data FOLDER [--hasty] [--kill POINT:PASS | --stall POINT:PASS]
        node FOLDER CONNECTION WORK NAME
        """);
    return 64;
}
