using Postroom.Crash.Host;

return args switch
{
    ["rows", var folder, var count, .. var rest] => RowWriter.Run(folder, int.Parse(count), rest),
    ["calls", var folder] => DiskCalls.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("rows FOLDER COUNT [early | normal] | calls FOLDER");
    return 64;
}
