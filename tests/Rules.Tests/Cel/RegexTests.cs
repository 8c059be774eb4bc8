using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class RegexTests
{
    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("^.{3}$", "a😀b", true)]
    [InlineData("^(?P<year>\\d{4})-\\d{2}$", "2026-11", true)]
    [InlineData("^\\d$", "٣", false)]
    [InlineData("^\\w+$", "会员", false)]
    [InlineData("^\\p{Lu}\\pL$", "Ab", true)]
    [InlineData("^\\p{Han}+$", "会员", true)]
    [InlineData("^[[:alpha:]_]+$", "a_B", true)]
    [InlineData("^[^[:digit:]]+$", "a1", false)]
    [InlineData("^\\Qa.b\\E$", "a.b", true)]
    [InlineData("^\\Qa.b\\E$", "axb", false)]
    [InlineData("^\\x{1F600}$", "😀", true)]
    [InlineData("(?i)^ABC$", "abc", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("(a{500}|b{500})c", "c", false)]
    public void Patterns_mean_what_they_mean_in_re2(string pattern, string text, bool expected)
    {
        Assert.True(CelRegex.TryBuild(pattern, out var regex, out var problem), problem);
        Assert.Equal(expected, regex.IsMatch(text));
    }

    [Theory]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)")]
    [InlineData("(?>a)")]
    [InlineData("a{1001}")]
    [InlineData("(a{100}){100}")]
    [InlineData("((a{50}){10}){10}")]
    [InlineData("[a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("a\\")]
    [InlineData("[[:nope:]]")]
    [InlineData("\\p{Nope}")]
    [InlineData("\\p{Lu")]
    public void What_re2_lacks_is_refused(string pattern) =>
        Assert.False(CelRegex.TryBuild(pattern, out _, out _));

    [Fact]
    public void A_pattern_has_a_longest_length() =>
        Assert.False(CelRegex.TryBuild(new string('a', 1_001), out _, out _));
}
