using MallVip.Rules.Programmes;

namespace MallVip.Rules.Coupons;

/// <summary>How many coupons of a template a member is granted per window of mall-local days.</summary>
public sealed record CouponLimit(int Times, LimitWindow Every);
