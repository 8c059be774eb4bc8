using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of coupons: granted once, redeemed no more often than they may be.
/// </summary>
internal sealed class CouponAccounts
{
    private readonly Dictionary<int, Account> _coupons = [];
    private int _newest;

    /// <summary>Checks a fact; one that is not about coupons passes.</summary>
    public void Post(Fact fact, Action<string, string> report)
    {
        switch (fact)
        {
            case Fact.CouponGranted granted:
                if (granted.Number != _newest + 1 || granted.Uses < 1 || granted.Until <= granted.From)
                    report("coupon", $"Coupon {granted.Number} of {granted.Uses} uses cannot be granted.");
                _newest = Math.Max(_newest, granted.Number);
                _coupons[granted.Number] = new(granted.Template, granted.Uses);
                break;
            case Fact.CouponRedeemed redeemed:
                if (Find(redeemed.Number, redeemed.Template, report) is { } used
                    && (--used.Left < 0 || !used.Receipts.Add((redeemed.Store, redeemed.Receipt))))
                    report("coupon", $"Coupon {redeemed.Number} is redeemed once too often.");
                break;
            case Fact.CouponReturned returned:
                Return(returned, report);
                break;
            case Fact.CouponEnded ended:
                if (Find(ended.Number, ended.Template, report) is { } over && over.Left != ended.Left)
                    report("coupon", $"Coupon {ended.Number} ends with {ended.Left}, {over.Left} are left.");
                _coupons.Remove(ended.Number);
                break;
            default:
                break;
        }
    }

    /// <summary>The coupons of another member move up behind all that there ever were.</summary>
    public void Join(CouponBook? other)
    {
        foreach (var coupon in other?.Coupons ?? [])
        {
            var account = new Account(coupon.Template, coupon.Left);
            foreach (var use in coupon.Marks?.Uses ?? [])
                account.Receipts.Add((use.Store, use.Receipt));
            _coupons[_newest + coupon.Number] = account;
        }

        _newest += (other?.Next ?? 1) - 1;
    }

    /// <summary>What a member who became a part of another has: nothing.</summary>
    public void Clear() => _coupons.Clear();

    private void Return(Fact.CouponReturned fact, Action<string, string> report)
    {
        // A coupon that the member does not have any more; after a merge its number may be another one's.
        if (fact.How == "lapsed"
            && _coupons.GetValueOrDefault(fact.Number)?.Receipts.Contains((fact.Store, fact.Receipt)) != true)
            return;
        if (Find(fact.Number, fact.Template, report) is not { } account)
            return;
        if (!account.Receipts.Remove((fact.Store, fact.Receipt)))
            report("coupon", $"Coupon {fact.Number} comes back from {fact.Receipt}, but was not there.");
        account.Left += fact.How == "back" ? 1 : 0;
        if (fact.How == "void")
            _coupons.Remove(fact.Number);
    }

    private Account? Find(int number, string template, Action<string, string> report)
    {
        if (_coupons.TryGetValue(number, out var account) && account.Template == template)
            return account;
        report("coupon", $"There is no coupon {number} of {template}.");
        return null;
    }

    private sealed class Account(string template, int left)
    {
        public string Template { get; } = template;

        public int Left { get; set; } = left;

        public HashSet<(string Store, string Receipt)> Receipts { get; } = [];
    }
}
