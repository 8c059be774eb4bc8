using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>What a coupon gives: exactly one kind.</summary>
public abstract record CouponValue
{
    private CouponValue()
    {
    }

    /// <summary>The key of <c>programme.yaml</c> that declares the kind.</summary>
    public string Word => this switch
    {
        MoneyOff => "off",
        PercentOff => "percent",
        Gift => "gift",
        Parking => "parking",
        Multiplier => "multiply",
        Exchange => "exchange",
        _ => throw new InvalidOperationException($"Unknown kind of coupon {GetType().Name}."),
    };

    /// <summary>What it takes off a sum of money, to two digits; 0: it is worth no money at a till.</summary>
    /// <param name="sum">Of the lines in its scope, before anything was taken off.</param>
    public Money OffOf(Money sum) => this switch
    {
        MoneyOff off => sum < off.Amount ? sum : off.Amount,
        PercentOff part => Capped(part, new(Math.Round(
            sum.Amount * part.Percent / 100, 2, MidpointRounding.AwayFromZero))),
        _ => Money.Zero,
    };

    /// <summary>The sum that was there before the coupon was taken off: the other way round.</summary>
    public Money Before(Money paid, Money threshold) => this switch
    {
        MoneyOff off => paid + off.Amount,
        PercentOff { Percent: >= 100 } => paid + Larger(threshold, ((PercentOff)this).Cap ?? threshold),
        PercentOff part => Uncapped(part, paid),
        _ => paid,
    };

    private static Money Capped(PercentOff part, Money off) => part.Cap is { } cap && cap < off ? cap : off;

    private static Money Uncapped(PercentOff part, Money paid)
    {
        var whole = new Money(Math.Round(paid.Amount * 100 / (100 - part.Percent), 2));
        return part.Cap is { } cap && whole - paid > cap ? paid + cap : whole;
    }

    private static Money Larger(Money one, Money other) => one > other ? one : other;

    /// <summary>So much money off.</summary>
    public sealed record MoneyOff(Money Amount) : CouponValue;

    /// <summary>A part of the sum off.</summary>
    /// <param name="Percent">Above 0, up to 100.</param>
    /// <param name="Cap">The most that it takes off; null: no bound.</param>
    public sealed record PercentOff(decimal Percent, Money? Cap) : CouponValue;

    /// <summary>A thing along with a purchase.</summary>
    public sealed record Gift(string What) : CouponValue;

    /// <summary>Parking time that costs nothing.</summary>
    /// <param name="Minutes">Above 0.</param>
    public sealed record Parking(int Minutes) : CouponValue;

    /// <summary>What a purchase earns in a wallet, times a factor.</summary>
    /// <param name="By">Above 1; the part above 1 is a line of its own.</param>
    public sealed record Multiplier(string Wallet, decimal By) : CouponValue;

    /// <summary>A thing in exchange for the coupon alone.</summary>
    public sealed record Exchange(string What) : CouponValue;
}
