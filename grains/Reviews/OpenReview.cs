using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Grains.Reviews;

/// <summary>A review that nobody has ended yet, and whose it is.</summary>
public sealed record OpenReview(MemberId Member, Review Review);
