using System.Text.RegularExpressions;
using MallVip.Rules.Cel;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Tests.Programmes;

public partial class TextsTests
{
    [Fact]
    public void Both_languages_have_the_same_sentences_with_the_same_slots()
    {
        var (english, chinese) = (Texts.Of(Language.English), Texts.Of(Language.Chinese));

        Assert.Equal(english.Codes.Order(), chinese.Codes.Order());
        foreach (var code in english.Codes)
        {
            Assert.Equal(SlotsOf(english.Message(code, Slots)), SlotsOf(chinese.Message(code, Slots)));
            Assert.Equal(english.Hint(code, Slots) is null, chinese.Hint(code, Slots) is null);
        }
    }

    [Fact]
    public void Every_code_of_the_expression_language_has_a_sentence()
    {
        Assert.Empty(CelMessages.Templates.Keys.Except(Texts.Of(Language.Chinese).Codes));
    }

    [Fact]
    public void A_finding_speaks_both_languages()
    {
        var found = Small.Load("""
            ruleset: t
            rules:
              r:
                on: mall.purchase
                earn: { wallet: pionts, amount: 1 }
            """).Diagnostics[0];

        Assert.Equal(
            "rules.yaml:5:21: error WALLET_UNKNOWN: There is no wallet \"pionts\". Did you mean \"points\"?",
                found.ToString());
        Assert.Equal("没有钱包“pionts”。", found.Message(Language.Chinese));
        Assert.Equal("是不是想写“points”?", found.Hint(Language.Chinese));
    }

    private static System.Collections.Immutable.ImmutableArray<string> Slots =>
        ["<0>", "<1>", "<2>", "<3>", "<4>"];

    private static IEnumerable<string> SlotsOf(string message) =>
        Slot().Matches(message).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex("<[0-9]>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Slot();
}
