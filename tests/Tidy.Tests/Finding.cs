namespace MallVip.Tidy.Tests;

/// <summary>One place that breaks a rule of the house, and what to do about it.</summary>
internal sealed record Finding(string Path, int Line, string Todo)
{
    private const int MostShown = 60;

    public override string ToString() => $"{Path}:{Line}: {Todo}";

    /// <summary>Fails with every finding at once, so that one run shows all there is to do.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        if (all.Count == 0)
            return;
        var rest = all.Count > MostShown ? $"\n… and {all.Count - MostShown} more" : "";
        Assert.Fail($"{all.Count} to mend:\n{string.Join('\n', all.Take(MostShown))}{rest}");
    }
}
