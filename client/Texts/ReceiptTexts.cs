using MallVip.Rules.Checking;

namespace MallVip.Client.Texts;

/// <summary>The parts of a receipt text in one language.</summary>
public sealed class ReceiptTexts
{
    private ReceiptTexts(Language language)
    {
        Language = language;
        Earned = new(Text.Of(language, "receipt.earned"));
        Pending = new(Text.Of(language, "receipt.pending"));
        Spent = new(Text.Of(language, "receipt.spent"));
        TakenBack = new(Text.Of(language, "receipt.taken-back"));
        Balance = new(Text.Of(language, "receipt.balance"));
        Upgraded = new(Text.Of(language, "receipt.upgraded"));
        Downgraded = new(Text.Of(language, "receipt.downgraded"));
        Between = Text.Of(language, "receipt.between");
        End = Text.Of(language, "receipt.end");
    }

    public static ReceiptTexts Chinese { get; } = new(Language.Chinese);

    public static ReceiptTexts English { get; } = new(Language.English);

    public Language Language { get; }

    public TextTemplate Earned { get; }

    public TextTemplate Pending { get; }

    public TextTemplate Spent { get; }

    public TextTemplate TakenBack { get; }

    public TextTemplate Balance { get; }

    public TextTemplate Upgraded { get; }

    public TextTemplate Downgraded { get; }

    public string Between { get; }

    public string End { get; }
}
