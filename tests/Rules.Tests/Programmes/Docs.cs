using System.Runtime.CompilerServices;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>Files in <c>docs/</c> that the code decides; <c>MALLVIP_UPDATE=1</c> writes them anew.</summary>
internal static class Docs
{
    public static string Read(string name) => File.ReadAllText(PathOf(name));

    public static void Hold(string name, string expected)
    {
        if (Environment.GetEnvironmentVariable("MALLVIP_UPDATE") is "1")
            File.WriteAllText(PathOf(name), expected);
        Assert.Equal(expected, Read(name));
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", name));
}
