using System.Collections.Frozen;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;

namespace MallVip.Client.Texts;

/// <summary>What warnings mean, in both languages.</summary>
internal static class WarningTexts
{
    private static readonly FrozenDictionary<string, BothTexts> Texts = WarningCatalog.All.ToFrozenDictionary(
        warning => warning.Code,
        warning => new BothTexts(Of(Language.English, warning), Of(Language.Chinese, warning)),
        StringComparer.Ordinal);

    /// <summary>Null: a warning of an older build.</summary>
    public static BothTexts? Of(string code) => Texts.GetValueOrDefault(code);

    private static string Of(Language language, WarningInfo warning) =>
        Text.Of(language, $"warning.{warning.Code}");
}
