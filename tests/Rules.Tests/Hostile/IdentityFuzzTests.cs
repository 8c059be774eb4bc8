using MallVip.Rules.Identities;

namespace MallVip.Rules.Tests.Hostile;

public sealed class IdentityFuzzTests
{
    private static readonly string[] Kinds =
        ["phone", "plate", "card", "wechat", "unionid", "device", "email", "member", "", "PHONE", "\0"];

    private static readonly string[] Pieces =
    [
        "+86", "0086", "138", "００", "沪", "A", "ａ", "O", "I", "警", "@", "＠", ".", "-", "·", " ", "\u3000",
        "\u200B", "\u202E", "\uFEFF", "\0", "\u001B[31m", "\uD83D\uDE00", "\uD83D", "\uDE00", "İ", "ß", "ﬁ",
        "ǅ", "\u0301", "٣", "Ⅷ", "²", ":", "'; DROP TABLE person;--", "{0}", "%00", "<b>", "\r\n",
        "99999999999999999999", "\u2028", "\uFFFF", "\uFF5E", "\uFF01",
    ];

    [Fact]
    public void No_text_breaks_the_reader_and_what_it_reads_is_normal()
    {
        var random = new Random(5);
        for (var i = 0; i < 50_000; i++)
        {
            var value = string.Concat(
                Enumerable.Range(0, random.Next(9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var text = $"{Kinds[random.Next(Kinds.Length)]}:{value}";
            if (!IdentityText.TryParse(text, out var identity, out var problem))
            {
                Assert.EndsWith(".", problem, StringComparison.Ordinal);
                continue;
            }

            Assert.True(IdentityText.TryParse(identity.ToString(), out var again, out _), text);
            Assert.Equal(identity, again);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("phone")]
    [InlineData("phone:")]
    public void A_text_without_kind_or_value_is_refused(string? text) =>
        Assert.False(IdentityText.TryParse(text, out _, out _));

    [Fact]
    public void A_very_long_text_is_refused() => Assert.All(
        Kinds.Select(kind => $"{kind}:{new string('1', 1_000_000)}"),
        text => Assert.False(IdentityText.TryParse(text, out _, out _)));
}
