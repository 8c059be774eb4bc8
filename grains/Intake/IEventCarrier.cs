using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>Another way for an accepted event to its member than a call: only some stacks have one.</summary>
public interface IEventCarrier
{
    /// <summary>Brings a request to its member. What gets lost on the way is asked for by a call.</summary>
    /// <returns>As of <see cref="IMemberGrain.Handle"/>.</returns>
    Task<MemberAnswer> CarryAsync(MemberId member, MemberRequest request);

    /// <summary>Requests that it brought, since the start.</summary>
    long Carried { get; }

    /// <summary>Requests that it had to call for, since the start.</summary>
    long Called { get; }
}
