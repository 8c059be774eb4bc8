namespace MallVip.Rules.Tests.Cel;

/// <summary>
/// A test on the conformance vectors that MALLVIP_CONFORMANCE names; without it the test says so.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (Folder is null)
            Skip = "MALLVIP_CONFORMANCE does not name the folder of conformance vectors";
    }

    public static string? Folder => Environment.GetEnvironmentVariable("MALLVIP_CONFORMANCE");
}
