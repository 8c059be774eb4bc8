namespace MallVip.Rules.Tests.Programmes;

public class LibraryTests
{
    public static TheoryData<string> Names => [.. Library.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shipped_programme_loads_without_a_finding_and_its_cases_pass(string name)
    {
        var result = Library.Load(name);

        Assert.True(result.Diagnostics.IsEmpty, string.Join("\n", result.Diagnostics));
        Assert.NotNull(result.Programme);
        Assert.NotEqual(0, result.Cases);
    }
}
