namespace MallVip.Grains.Tests;

public class SmokeTests
{
    [Fact]
    public void Runs() =>
    Assert.NotNull(typeof(SmokeTests).Assembly.Location);
}
