using System.Collections.Frozen;

namespace Postroom.Parsing.Uploads;

/// <summary>What extensions and declared types stand for, and which types are dangerous.</summary>
internal static class FileTypes
{
    public const string Html = "text/html";
    public const string Xhtml = "application/xhtml+xml";
    public const string Svg = "image/svg+xml";
    public const string Xml = "application/xml";
    public const string Executable = "application/x-executable";
    public const string Script = "text/x-script";

    /// <summary>What a browser or a system would execute, by type.</summary>
    private static readonly FrozenSet<string> DangerousTypes =
        FrozenSet.ToFrozenSet([Html, Xhtml, Svg, Xml, Executable, Script]);

    /// <summary>The same by extension: the last one counts, as it does for systems.</summary>
    private static readonly FrozenSet<string> DangerousExtensions = FrozenSet.ToFrozenSet((
        ".html .htm .xhtml .xht .shtml .mht .mhtml .svg .svgz .xml .xsl .xslt .swf .js .mjs .cjs .jse .vbs .vbe .wsf "
        + ".wsh .hta .exe .dll .com .scr .pif .cpl .msi .msp .msc .bat .cmd .ps1 .psm1 .reg .lnk .url .desktop .jar "
        + ".class .apk .app .dmg .pkg .deb .rpm .sh .bash .zsh .csh .ksh .run .bin .elf .so .dylib .py .pl .rb .php "
        + ".php3 .php4 .php5 .php7 .phtml .phar .phps .asp .aspx .ashx .asmx .jsp .jspx .cgi .cfm .htaccess "
        + ".application .gadget .iso .img .vhd .chm .hlp .inf .sct .scf .ade .adp").Split(' '));

    /// <summary>What files with these extensions are. Of those in one family the bytes may be of any.</summary>
    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".jpe"] = "image/jpeg",
        [".jfif"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".bmp"] = "image/bmp",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".heic"] = "image/heic",
        [".heif"] = "image/heic",
        [".avif"] = "image/avif",
        [".wav"] = "audio/wav",
        [".mp3"] = "audio/mpeg",
        [".ogg"] = "audio/ogg",
        [".oga"] = "audio/ogg",
        [".ogv"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".mp4"] = "video/mp4",
        [".m4v"] = "video/mp4",
        [".m4a"] = "video/mp4",
        [".mov"] = "video/mp4",
        [".zip"] = "application/zip",
        [".gz"] = "application/gzip",
        [".tgz"] = "application/gzip",
        [".7z"] = "application/x-7z-compressed",
        [".rar"] = "application/vnd.rar",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
        [".epub"] = "application/epub+zip",
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".txt"] = FileSniffer.Text,
        [".log"] = FileSniffer.Text,
        [".csv"] = "text/csv",
        [".tsv"] = "text/tab-separated-values",
        [".md"] = "text/markdown",
        [".json"] = "application/json",
        [".ics"] = "text/calendar",
        [".vcf"] = "text/vcard",
        [".rtf"] = "application/rtf",
        [".html"] = Html,
        [".htm"] = Html,
        [".xhtml"] = Xhtml,
        [".svg"] = Svg,
        [".xml"] = Xml,
    }.ToFrozenDictionary();

    /// <summary>Names under which browsers send the same.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["image/jpg"] = "image/jpeg",
        ["image/pjpeg"] = "image/jpeg",
        ["image/x-png"] = "image/png",
        ["image/heif"] = "image/heic",
        ["image/x-ms-bmp"] = "image/bmp",
        ["application/x-pdf"] = "application/pdf",
        ["audio/x-wav"] = "audio/wav",
        ["audio/wave"] = "audio/wav",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/mp4"] = "video/mp4",
        ["audio/x-m4a"] = "video/mp4",
        ["audio/m4a"] = "video/mp4",
        ["video/quicktime"] = "video/mp4",
        ["video/ogg"] = "audio/ogg",
        ["application/ogg"] = "audio/ogg",
        ["application/x-zip-compressed"] = "application/zip",
        ["application/x-gzip"] = "application/gzip",
        ["application/x-rar-compressed"] = "application/vnd.rar",
        ["text/xml"] = Xml,
    }.ToFrozenDictionary();

    /// <summary>The containers whose bytes do not tell what is in them.</summary>
    private static readonly FrozenDictionary<string, string> Containers = ByExtension.Values.Distinct()
        .Select(type => (Type: type, Container: ContainerOf(type))).Where(pair => pair.Container is not null)
        .ToFrozenDictionary(pair => pair.Type, pair => pair.Container!);

    private static readonly FrozenSet<string> Known = ByExtension.Values.ToFrozenSet();

    /// <summary>The type of that extension; null when it is not known here.</summary>
    public static string? OfExtension(string extension) => ByExtension.GetValueOrDefault(extension);

    /// <summary>A declared type in its usual name; null when it says nothing that bytes could contradict.</summary>
    public static string? OfDeclared(string? declared)
    {
        string type = (declared ?? "").ToLowerInvariant();
        type = Aliases.GetValueOrDefault(type, type);

        // A system that knows no better calls every table a sheet of its office program (RFC 7578 §4.4 asks for a type
        // only "if known").
        return type is not "application/vnd.ms-excel" && Known.Contains(type) ? type : null;
    }

    public static bool IsDangerous(string type) => DangerousTypes.Contains(type);

    public static bool IsDangerousExtension(string extension) => DangerousExtensions.Contains(extension);

    /// <summary>Whether bytes that were found to be <paramref name="found"/> may be of that type.</summary>
    public static bool MayBe(string found, string type) =>
        found == type || Containers.GetValueOrDefault(type) == found
        || (found == FileSniffer.Text && IsTextual(type))

        // A stream of frames may begin with anything.
        || (found == FileSniffer.Unknown && type == "audio/mpeg")
        || (found == Xml && type is Svg or Xhtml);

    /// <summary>True for types of which the bytes are text.</summary>
    private static bool IsTextual(string type) =>
        type is "application/json" or "application/rtf" or Xml or Svg or Xhtml
        || type.StartsWith("text/", StringComparison.Ordinal);

    private static string? ContainerOf(string type) =>
        type.StartsWith("application/vnd.o", StringComparison.Ordinal) || type == "application/epub+zip"
            ? "application/zip"
            : type is "application/msword" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint"
                ? "application/x-cfb"
                : null;
}
