using MallVip.Grains.Coupons;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Catalogue;

/// <summary>The codes with which ordered rewards are picked up; see <see cref="CodeText"/>. They stand in no
/// journal body; the entry that placed an order can be found by its code.</summary>
public sealed class OrderCodes(Pseudonym pseudonym, CodeIndex codes)
{
    /// <summary>The code of an order.</summary>
    public static string Of(Pseudonym pseudonym, string order) => CodeText.Of(pseudonym.OrderBits(order));

    /// <summary>The key under which the entry that placed an order is found.</summary>
    public static EventKey KeyOf(string code) => EventKey.Of("order", "", code);

    public string Of(string order) => Of(pseudonym, order);

    /// <summary>Who placed an order, perhaps a part of another member by now, and its name. Null: no order
    /// has
    /// this code.</summary>
    /// <param name="code">As it is made.</param>
    public async Task<(MemberId Member, string Order)?> FindAsync(string code)
    {
        if (await codes.FindAsync(KeyOf(code)) is not { } entry)
            return null;
        foreach (var fact in JournalJson.ReadFacts(entry.Body.Span))
            if (fact is Fact.OrderPlaced placed && Of(placed.Order) == code)
                return (new MemberId(entry.Grain.Id), placed.Order);
        return null;
    }
}
