using System.Globalization;

namespace MallVip.System.Tests.Engine;

/// <summary>Settings of long tests, from the environment.</summary>
internal static class Setting
{
    public static int Number(string name, int otherwise)
    {
        var text = Environment.GetEnvironmentVariable(name);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }
}
