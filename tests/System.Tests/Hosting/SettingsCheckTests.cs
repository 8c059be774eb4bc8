using MallVip.Client;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Crash;
using Microsoft.Extensions.Configuration;

namespace MallVip.System.Tests.Hosting;

/// <summary>A setting that does nothing, or cannot be read, is told before anything starts.</summary>
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("MallVip:MaxEventByte", "1", "Did you mean 'MaxEventBytes'?")]
    [InlineData("MallVip:Journal:Storr", "SQLite", "Did you mean 'Store'?")]
    [InlineData("MallVip:ApiKeys:0:Hsh", "00", "Did you mean 'Hash'?")]
    [InlineData("MallVip:Inbox:Window", "many", "a whole number from 1")]
    [InlineData("MallVip:MaxStreams", "0", "a whole number from 1")]
    [InlineData("MallVip:UnreadTimeout", "-00:00:01", "a time like")]
    [InlineData("MallVip:Journal:ExpectStandby", "ja", "true or false")]
    [InlineData("MallVip:Streams:Inbix", "Memory", "Did you mean 'Inbox'?")]
    [InlineData("MallVip:Dashboard:Port", "0", "a whole number from 1")]
    [InlineData("MallVip:Rules:Macher", "NRules", "Did you mean 'Matcher'?")]
    public void A_wrong_name_or_value_is_told_with_its_place(string name, string value, string hint)
    {
        var fault = Assert.Single(Check((name, value)).Faults());
        Assert.Contains(name, fault, StringComparison.Ordinal);
        Assert.Contains(hint, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_right_is_read_whatever_stands_beside_it()
    {
        var check = Check(
            ("MallVip:MaxEventBytes", "lots"), ("MALLVIP:MaxStreams", "7"),
            ("MallVip:ApiKeys:0:Test", "true"),
            ("MallVip:Cluster:Membership:Any", "thing"), ("MallVip:Cluster:SiloPort", "11112"),
            ("Elsewhere:Typo", "x"));
        Assert.Single(check.Faults());
        Assert.Empty(check.Faults("MallVip:Journal"));
        var api = check.Sound.GetSection("MallVip").Get<ApiOptions>()!;
        Assert.Equal((7, 1 << 20, true), (api.MaxStreams, api.MaxEventBytes, api.ApiKeys[0].Test));
    }

    [Fact]
    public async Task A_silo_tells_all_of_it_at_once_and_ends_with_2()
    {
        var (code, said) = await SiloProcess.RefuseAsync(null, environment: new Dictionary<string, string>
        {
            ["MallVip__Journal__Stroe"] = "PostgreSQL",
            ["MallVip__MaxEventBytes"] = "lots",
            ["MallVip__Journal__ExpectStandby"] = "ja",
            ["MallVip__ApiKeys__0__Name"] = "till",
            ["MallVip__ApiKeys__0__Hash"] = "no hash",
        });
        Assert.Equal(2, code);
        foreach (var part in (string[])["Stroe", "MaxEventBytes", "ExpectStandby", "till"])
            Assert.Contains(part, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static SettingsCheck Check(params (string Name, string Value)[] settings) =>
        SettingsCheck.Of(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).Build());
}
