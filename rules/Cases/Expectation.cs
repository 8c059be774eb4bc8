using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>What a case expects of its last event; what it does not mention is not looked at.</summary>
/// <param name="Wallets">Change of balance and pending points, by wallet.</param>
/// <param name="Lines">Points by rule; exactly these rules. Null: not looked at.</param>
/// <param name="Tier">The tier afterwards, empty for none. Null: not looked at.</param>
/// <param name="Tags">Exactly the tags that the event gave. Null: not looked at.</param>
/// <param name="Untagged">Exactly the tags that the event took. Null: not looked at.</param>
/// <param name="Effects">Exactly the effects that the event had, each as <c>send-message thanks</c>. Null:
/// not looked at.</param>
/// <param name="Achievements">Exactly those that the event reached. Null: not looked at.</param>
/// <param name="Coupons">Exactly what became of coupons, each as <c>granted beauty-100</c>. Null: not looked
/// at.</param>
/// <param name="Attributes">Values afterwards, by name; empty: none. Null: not looked at.</param>
/// <param name="Rejected">The code of the refusal. Null: the event must be accepted.</param>
internal sealed record Expectation(
    Place Place,
    IReadOnlyList<Expected<long>> Wallets,
    IReadOnlyList<Expected<long>>? Lines,
    Expected<string>? Tier,
    Expected<string[]>? Tags,
    Expected<string[]>? Untagged,
    Expected<string[]>? Effects,
    Expected<string[]>? Achievements,
    Expected<string[]>? Coupons,
    IReadOnlyList<Expected<string>>? Attributes,
    Expected<string>? Rejected)
{
    /// <summary>A key of <c>expect</c>, unless a wallet is called so.</summary>
    private const string OfCoupons = "coupons";

    /// <summary>Keys of <c>expect</c> that no wallet may be called.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
        ["lines", "tier", "tags", "untagged", "effects", "achievements", "attributes", "rejected"];

    /// <summary>Reads <c>expect</c>; unknown keys and values of a wrong form are found here.</summary>
    public static Expectation Read(YamlMap map, Declarations declared, Findings findings)
    {
        var reserved = declared.Wallets.Any(wallet => wallet.Id == OfCoupons)
            ? Reserved : [.. Reserved, OfCoupons];
        foreach (var (key, value) in map.Entries)
        {
            if (reserved.Contains(key.Value, StringComparer.Ordinal))
                CheckForm(key.Value, value, findings);
            else if (declared.Wallets.All(wallet => wallet.Id != key.Value))
                findings.Unknown(
                    key.Place,
                    "EXPECT_UNKNOWN",
                    key.Value,
                    declared.Wallets.Select(wallet => wallet.Id).Concat(reserved));
            else
                CheckNumber(value, findings);
        }

        return new(
            map.Place,
            [.. Numbers(map).Where(wallet => !reserved.Contains(wallet.Name, StringComparer.Ordinal))],
            map.Map("lines") is { } lines ? [.. Numbers(lines)] : null,
            Text(map, "tier"),
            Texts(map, "tags"),
            Texts(map, "untagged"),
            Texts(map, "effects"),
            Texts(map, "achievements"),
            reserved.Contains(OfCoupons, StringComparer.Ordinal) ? Texts(map, OfCoupons) : null,
            map.Map("attributes") is { } attributes ? [.. Values(attributes)] : null,
            Text(map, "rejected"));
    }

    private static void CheckForm(string key, YamlNode value, Findings findings)
    {
        switch (key)
        {
            case "lines" when value is YamlMap lines:
                foreach (var line in lines.Entries)
                    CheckNumber(line.Value, findings);
                break;
            case "lines" or "attributes" when value is not YamlMap:
                findings.Error(value.Place, "VALUE_MUST_BE_MAP");
                break;
            case "tags" or "untagged" or "effects" or "achievements" or OfCoupons
                when value is not YamlList:
                findings.Error(value.Place, "VALUE_MUST_BE_LIST");
                break;
            case "tier" or "rejected" when value is not YamlScalar:
                findings.Error(value.Place, "VALUE_MUST_BE_TEXT");
                break;
            default:
                break;
        }
    }

    private static void CheckNumber(YamlNode value, Findings findings)
    {
        if (value is not YamlScalar scalar || Forms.ReadLong(scalar.Value) is null)
            findings.Error(
                value.Place,
                "VALUE_NOT_INTEGER",
                $"{-Quantities.Points.Limit}",
                $"{Quantities.Points.Limit}");
    }

    private static IEnumerable<Expected<long>> Numbers(YamlMap map)
    {
        foreach (var (key, value) in map.Entries)
            if (value is YamlScalar scalar && Forms.ReadLong(scalar.Value) is { } number)
                yield return new(key.Value, number, value.Place);
    }

    private static IEnumerable<Expected<string>> Values(YamlMap map)
    {
        foreach (var (key, value) in map.Entries)
            if (value is YamlScalar scalar)
                yield return new(key.Value, scalar.IsNull ? "" : scalar.Value, value.Place);
    }

    private static Expected<string>? Text(YamlMap map, string key) =>
        map.Scalar(key) is { } scalar ? new(key, scalar.IsNull ? "" : scalar.Value, scalar.Place) : null;

    private static Expected<string[]>? Texts(YamlMap map, string key) => map.List(key) is { } list
        ? new(
            key,
            [.. list.Items.OfType<YamlScalar>().Select(item => item.Value).Order(StringComparer.Ordinal)],
            list.Place)
        : null;
}

/// <summary>One expected value and where it stands.</summary>
internal sealed record Expected<T>(string Name, T Value, Place Place);
