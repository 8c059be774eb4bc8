namespace MallVip.System.Tests.Import;

/// <summary>
/// A test over the real data sets; says that it is skipped where MALLVIP_DATA does not name their folder.
/// </summary>
internal sealed class DataFactAttribute : FactAttribute
{
    public static string? Folder => Environment.GetEnvironmentVariable("MALLVIP_DATA");

    public DataFactAttribute()
    {
        if (string.IsNullOrEmpty(Folder))
            Skip = "MALLVIP_DATA is not set: it names the folder with the real data sets.";
    }

    public static string Path(string relative) => global::System.IO.Path.Combine(Folder!, relative);
}
