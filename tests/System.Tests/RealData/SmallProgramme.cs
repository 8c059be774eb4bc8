namespace MallVip.System.Tests.RealData;

/// <summary>A programme of one store whose every number a reader can follow.</summary>
internal static class SmallProgramme
{
    private const string Declarations = """
        name: Small
        timezone: Asia/Shanghai
        currency: CNY
        malls:
          bay: { name: Bay Mall }
        categories: [beauty]
        stores:
          hall: { name: Hall, category: beauty, mall: bay }
        wallets:
          points: { expiry: { days: 10 }, pending: 2 }
          growth: { spendable: false }
        tiers:
          basic: { name: Basic }
          gold: { name: Gold, when: member.spent("365d") >= 1000, valid-months: 12 }
        attributes:
          name: text
          birthday: date
        """;

    private const string Rules = """
        ruleset: small
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
          growth:
            on: mall.purchase
            earn: { wallet: growth, amount: event.paid }
          buyer:
            on: mall.purchase
            tag: { name: buyer, for: 30d }
        """;

    /// <summary>Writes it to a folder; answers the folder.</summary>
    public static string WriteTo(DataFolder folder)
    {
        var path = folder.File("rules");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "programme.yaml"), Declarations);
        File.WriteAllText(Path.Combine(path, "rules.yaml"), Rules);
        return path;
    }
}
